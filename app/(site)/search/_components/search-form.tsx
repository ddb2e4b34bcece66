import { SyntaxTable } from '#components/search/syntax-table.tsx';
import type { Sort } from '#lib/query/query.ts';

/** The page's own field, with what was asked for in it. */
export function SearchForm({ text, sort }: { text: string; sort: Sort | null }) {
  return (
    <search className="search-form">
      <form action="/search" method="get">
        <h1>
          <label htmlFor="q">Search</label>
        </h1>
        <span className="search-field">
          <input
            id="q"
            type="search"
            name="q"
            defaultValue={text}
            placeholder="words, “a phrase”, au:name, cat:cs.CL …"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
          />
        </span>
        {sort !== null && <input type="hidden" name="sort" value={sort} />}
        <button type="submit">Search</button>
      </form>
    </search>
  );
}

export function SearchHelp({ isOpen = false }: { isOpen?: boolean }) {
  return (
    <details className="search-help" open={isOpen}>
      <summary>How to ask</summary>
      <SyntaxTable />
      <p>
        Case, accents, hyphens and TeX do not matter. Every query is a feed, an answer for programs and a
        digest, too. <a href="/about/search">How the order comes about</a>
      </p>
    </details>
  );
}
