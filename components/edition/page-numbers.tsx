/** The pages of a day's edition; nothing where there is one. */
export function PageNumbers({ day, page, pages }: { day: string; page: number; pages: number }) {
  if (pages <= 1) return null;
  return (
    <nav className="page-numbers" aria-label="Pages of this edition">
      <span>Page</span>
      {Array.from({ length: pages }, (_, index) => index + 1).map((number) =>
        number === page ? (
          <strong key={number} aria-current="page">
            {number}
          </strong>
        ) : (
          <a key={number} href={number === 1 ? `/date/${day}` : `/date/${day}/${number}`}>
            {number}
          </a>
        ),
      )}
    </nav>
  );
}
