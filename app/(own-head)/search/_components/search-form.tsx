import { SyntaxTable } from '#components/search/syntax-table.tsx';
import type { Sort } from '#lib/query/query.ts';

/** The page's own field, with what was asked for in it. */
export function SearchForm({ text, sort }: { text: string; sort: Sort | null }) {
  return (
    <search>
      <form action="/search" method="get" className="flex flex-wrap items-baseline gap-x-5 gap-y-1.5">
        <h1 className="text-[clamp(2rem,1.4rem+2.2vw,3rem)]/none tracking-[-0.02em]">
          <label htmlFor="q">Search</label>
        </h1>
        <input
          id="q"
          type="search"
          name="q"
          className="placeholder:font-italic placeholder:text-faded placeholder:italic placeholder:opacity-100 focus:border-accent min-h-[2.6rem] min-w-0 flex-[1_1_16rem] border-b-2 border-rule text-[clamp(1.1rem,1rem+0.5vw,1.35rem)]"
          data-suggestions
          defaultValue={text}
          placeholder="words, “a phrase”, au:name, cat:cs.CL …"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
        />
        {sort !== null && <input type="hidden" name="sort" value={sort} />}
        <button type="submit" className="text-button px-1 hover:text-accent">
          Search
        </button>
      </form>
    </search>
  );
}

export function SearchHelp({ isOpen = false }: { isOpen?: boolean }) {
  return (
    <details className="mt-2.5 text-note" open={isOpen}>
      <summary className="disclosure">Search syntax</summary>
      <SyntaxTable />
      <p className="mt-2.5 text-faded">
        Case, accents, hyphens and TeX do not matter. Every search is also available as a feed, as JSON and as
        an e-mail digest. <a href="/about/search">How results are ranked</a>
      </p>
    </details>
  );
}
