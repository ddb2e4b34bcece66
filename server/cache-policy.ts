/**
 * Which pages are for reading alone, and for how long they may be shared: the one table. next.config.ts makes their
 * `s-maxage` from it, for any cache in front of Next; front-server.ts caches and strips them by it. What stands in no row
 * stays as Next makes it, and Next makes every page `private, no-store`: a page forgotten here is slower, never shared.
 */

type Row = {
  /** Source of a regular expression for the path after its first slash. */
  readonly paths: string;
  /** For how long anybody may get the same page; null for one person's. */
  readonly sharedSeconds: number | null;
  /** A query parameter with which the row does not apply. */
  readonly withoutQuery?: string;
};

const PAPERS_SECONDS = 60;
const DAY_SECONDS = 86_400;

/** Reading pages: they run no React in the browser, and are sent without Next's runtime. */
const ROWS: readonly Row[] = [
  { paths: '', sharedSeconds: PAPERS_SECONDS },
  { paths: '(?:date|week|month|list|author|calendar)/.+', sharedSeconds: PAPERS_SECONDS },
  // Citation files say for themselves how long they may be shared.
  { paths: 'papers/(?!.+\\.(?:bib|ris|json|md|txt)$).+', sharedSeconds: PAPERS_SECONDS },
  { paths: 'list|trending|feeds|issues|issues/\\d{4}-\\d{2}-\\d{2}', sharedSeconds: PAPERS_SECONDS },
  { paths: 'about/(?:api|ranking|search)|offline|library', sharedSeconds: DAY_SECONDS },
  { paths: 'search', withoutQuery: 'q', sharedSeconds: PAPERS_SECONDS },
  { paths: 'search|about/status', sharedSeconds: null },
];

const MATCHERS = ROWS.map((row) => ({ ...row, expression: new RegExp(`^/(?:${row.paths})$`) }));

/** @param url of a request: path and query */
export function policyOf(url: string): { readonly isReadingPage: boolean; readonly isShared: boolean } {
  const [path = '', query = ''] = url.split('?', 2);
  const row = MATCHERS.find(
    ({ expression, withoutQuery }) =>
      expression.test(path) && (withoutQuery === undefined || !new URLSearchParams(query).has(withoutQuery)),
  );
  return { isReadingPage: row !== undefined, isShared: row !== undefined && row.sharedSeconds !== null };
}

/** The `headers` of next.config.ts for pages that may be shared. */
export function sharedPageHeaders() {
  return ROWS.flatMap(({ paths, withoutQuery, sharedSeconds }) => {
    if (sharedSeconds === null) return [];
    const value = `s-maxage=${sharedSeconds}, stale-while-revalidate=${4 * sharedSeconds}`;
    return {
      source: paths === '' ? '/' : `/:page(${paths})`,
      ...(withoutQuery !== undefined && { missing: [{ type: 'query' as const, key: withoutQuery }] }),
      headers: [{ key: 'Cache-Control', value }],
    };
  });
}
