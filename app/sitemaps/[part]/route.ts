import { getSitemap } from '#app/_data/catalogue.ts';
import { answerNotFound, answerText } from '#app/api/_http/conditional-answer.ts';
import { writeSitemap } from '#lib/feeds/sitemap.ts';

type Context = { params: Promise<{ part: string }> };

/** `/sitemaps/2025-03.xml`; the index is /sitemap.xml. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { part } = await params;
  const entries = part.endsWith('.xml') ? await getSitemap(part.replace(/\.xml$/, '')) : null;
  if (entries === null) return answerNotFound('There is no such map. Their index is /sitemap.xml.');
  return answerText(request, { body: writeSitemap(entries), contentType: 'application/xml; charset=utf-8' });
}
