/**
 * What a search finds. Written straight into a frame that is made once (search/frame): taken through the steps of a page of
 * Next's, the same costs as much as the search.
 */
import { reportSearchFailure, search } from '#app/_data/search.ts';
import { getLocalUrl } from '#app/_data/site.ts';
import { readAsked } from '#app/asked.ts';
import { toStaticMarkup } from '#app/static-markup.tsx';
import { parseSearchAddress, type SearchAddress, searchPath } from '#lib/search/search-address.ts';
import type { SearchAnswer } from '#lib/search/search-papers.ts';
import { FailedSearchPage } from '../../_components/failed-search-page.tsx';
import { BARE_FRAME, fillFrame, toFrame } from '../../_components/frame.ts';
import { SearchPage } from '../../_components/search-page.tsx';

const PAPERS_OF_PAGE = 25;
const WORDS_CHARS_MAX = 80;
const FRAME_MS_MAX = 5_000;

type Context = { params: Promise<{ asked: string }> };

/** As proxy.ts wrote it. Whatever else stands there reads as something, too. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const address = parseSearchAddress(readAsked((await params).asked));
  const frame = await takeFrame(getLocalUrl() ?? request.url);
  try {
    const { text, sort, cursor } = address;
    const answer = await search({ text, sort, cursor, limit: PAPERS_OF_PAGE });
    return toResponse(writePage(frame, address, answer), 200);
  } catch (error) {
    reportSearchFailure(error);
    const content = toStaticMarkup(<FailedSearchPage address={address} />);
    return toResponse(fillFrame(frame, { ...framedOf(address), content }), 500);
  }
}

let frame: Promise<string> | null = null;

/**
 * Asked for once: it is part of the build, and the same for as long as this process runs. While it cannot be had, what is
 * found is shown without it.
 */
function takeFrame(url: string): Promise<string> {
  frame ??= fetchFrame(new URL('/search/frame', url)).catch((error: unknown) => {
    frame = null;
    reportSearchFailure(error);
    return BARE_FRAME;
  });
  return frame;
}

async function fetchFrame(url: URL): Promise<string> {
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(FRAME_MS_MAX) });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return toFrame(await response.text());
}

/** Written for answers that are still kept (lib/search/result-cache.ts), and gone with them: an answer is never changed. */
const pages = new WeakMap<SearchAnswer, { readonly key: string; readonly html: string }>();

function writePage(frame: string, address: SearchAddress, answer: SearchAnswer): string {
  const key = JSON.stringify(address);
  const written = pages.get(answer);
  if (written?.key === key) return written.html;
  const content = toStaticMarkup(<SearchPage address={address} answer={answer} />);
  const html = fillFrame(frame, { ...framedOf(address), content });
  if (frame !== BARE_FRAME) pages.set(answer, { key, html });
  return html;
}

function framedOf(address: SearchAddress) {
  const { text } = address;
  return {
    words: [...text].slice(0, WORDS_CHARS_MAX).join(''),
    path: searchPath(address),
    query: new URLSearchParams({ q: text }).toString(),
  };
}

function toResponse(html: string, status: number): Response {
  return new Response(html, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}
