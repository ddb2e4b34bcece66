import { listSitemaps } from '#app/_data/catalogue.ts';
import { answerText } from '#app/api/_http/conditional-answer.ts';
import { writeSitemapIndex } from '#lib/feeds/sitemap.ts';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  return answerText(request, {
    body: writeSitemapIndex(await listSitemaps()),
    contentType: 'application/xml; charset=utf-8',
  });
}
