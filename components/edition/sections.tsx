/** The ways into the paper, one line under every head. */
export function Sections() {
  return (
    <nav className="sections" aria-label="Sections">
      <a href="/">Today</a>
      <a href="/week">Week</a>
      <a href="/month">Month</a>
      <a href="/trending">Trending</a>
      <a href="/list">Subjects</a>
      <a href="/calendar">Calendar</a>
    </nav>
  );
}
