/** Words to search for, in the head of every page. The key `/` leads here (public/reader/keyboard.js). */
export function SearchBox() {
  return (
    <search className="search-box">
      <form action="/search" method="get">
        <span className="search-field">
          <input
            type="search"
            name="q"
            aria-label="Search papers"
            placeholder="Search papers"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
          />
        </span>
        <button type="submit" className="sr-only">
          Search
        </button>
      </form>
    </search>
  );
}
