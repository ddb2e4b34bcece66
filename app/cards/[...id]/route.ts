import { getPaper } from '#app/_data/papers.ts';
import { parsePaperAddress } from '#app/(paper)/papers/[...id]/paper-address.ts';
import { answerNotFound, isKnownTag } from '#app/api/_http/conditional-answer.ts';
import { getCard } from '#app/cards/draw-card.tsx';

type Context = { params: Promise<{ id: string[] }> };

/** The picture of a paper, `/cards/1706.03762.png`: for previews of links to its page. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const segments = (await params).id;
  const address = segments.at(-1)?.endsWith('.png')
    ? parsePaperAddress(segments.map((segment) => segment.replace(/\.png$/, '')))
    : null;
  const paper = address === null ? null : await getPaper(address.registry, address.identifier);
  if (paper === null) return answerNotFound('There is no picture of such a paper.');
  const { tag, draw } = getCard(paper);
  const etag = `"${tag}"`;
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=86400, stale-while-revalidate=604800' };
  if (isKnownTag(request.headers.get('if-none-match') ?? '', etag))
    return new Response(null, { status: 304, headers });
  return new Response(await draw(), { headers: { ...headers, 'Content-Type': 'image/png' } });
}
