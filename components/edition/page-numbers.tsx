/** The pages of a day's edition; nothing where there is one. */
export function PageNumbers({ day, page, pages }: { day: string; page: number; pages: number }) {
  if (pages <= 1) return null;
  return (
    <nav
      className="mt-8 flex flex-wrap justify-center gap-x-[0.4rem] gap-y-1 border-y border-rule py-[0.6rem] text-center *:tabular-nums print:hidden"
      aria-label="Pages of this edition"
    >
      <span>Page</span>
      {Array.from({ length: pages }, (_, index) => index + 1).map((number) =>
        number === page ? (
          <strong
            key={number}
            aria-current="page"
            className="min-w-8 px-[0.3rem] font-medium shadow-[inset_0_-2px_0_var(--color-accent)]"
          >
            {number}
          </strong>
        ) : (
          <a
            key={number}
            className="min-w-8 px-[0.3rem] no-underline hover:underline"
            href={number === 1 ? `/date/${day}` : `/date/${day}/${number}`}
          >
            {number}
          </a>
        ),
      )}
    </nav>
  );
}
