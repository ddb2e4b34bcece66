import { search } from '#app/_data/search.ts';
import { paperPath } from '#lib/papers/paper.ts';
import { directMatch } from '#lib/query/direct-match.ts';
import { parseQuery } from '#lib/query/parser.ts';
import { parseSearchAddress, searchPath } from '#lib/search/search-address.ts';

/**
 * The way from a pasted identifier or address to its paper: a DOI may be the one that a paper on arXiv was published
 * under. Of a paper that is not here, its page says so, and where it may be found.
 */
export async function GET(request: Request): Promise<Response> {
  const { text } = parseSearchAddress(new URL(request.url).searchParams);
  const named = directMatch(parseQuery(text).query);
  if (named === null) return goTo(searchPath({ text }));
  const { results, dropped } = await search({ text, sort: null, cursor: null, limit: 1 });
  return goTo(paperPath((dropped.length === 0 && results[0]?.paper) || named));
}

function goTo(path: string): Response {
  return new Response(null, { status: 302, headers: { Location: path, 'Cache-Control': 'no-store' } });
}
