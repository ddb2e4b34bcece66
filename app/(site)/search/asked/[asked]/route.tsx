/**
 * What a search finds. Written straight into a frame that is made once (search/frame): taken through the steps of a page of
 * Next's, the same costs as much as the search.
 */
import { reportSearchFailure, search } from '#app/_data/search.ts';
import { readAsked } from '#app/asked.ts';
import { toStaticMarkup } from '#app/static-markup.tsx';
import { createBoundedCache } from '#lib/search/bounded-cache.ts';
import { parseSearchAddress, type SearchAddress, searchPath } from '#lib/search/search-address.ts';
import type { SearchAnswer } from '#lib/search/search-papers.ts';
import { FailedSearchPage } from '../../_components/failed-search-page.tsx';
import { fillFrame, toFrame } from '../../_components/frame.ts';
import { SearchPage } from '../../_components/search-page.tsx';

const PAPERS_OF_PAGE = 25;
const WORDS_CHARS_MAX = 80;
/** In characters: some 500 pages. */
const PAGES_MAX = 64_000_000;

type Context = { params: Promise<{ asked: string }> };

/** As proxy.ts wrote it. Whatever else stands there reads as something, too. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const address = parseSearchAddress(readAsked((await params).asked));
  const frame = await takeFrame(request.url);
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

/** Asked for once; it is part of the build, and the same for as long as this process runs. */
function takeFrame(url: string): Promise<string> {
  frame ??= fetchFrame(new URL('/search/frame', url)).catch((error: unknown) => {
    frame = null;
    throw error;
  });
  return frame;
}

async function fetchFrame(url: URL): Promise<string> {
  const response = await fetch(url, { cache: 'no-store' });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return toFrame(await response.text());
}

/** Written for answers that are still given (lib/search/kept-answers.ts): an answer is never changed. */
const pages = createBoundedCache<{ readonly answer: SearchAnswer; readonly html: string }>(PAGES_MAX);

function writePage(frame: string, address: SearchAddress, answer: SearchAnswer): string {
  const key = JSON.stringify(address);
  const written = pages.take(key);
  if (written?.answer === answer) return written.html;
  const content = toStaticMarkup(<SearchPage address={address} answer={answer} />);
  const html = fillFrame(frame, { ...framedOf(address), content });
  pages.put(key, { answer, html }, html.length);
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
