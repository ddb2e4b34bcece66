import { getPaper } from '#app/_data/papers.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { parsePaperAddress } from '#app/(paper)/papers/[...id]/paper-address.ts';
import { answerNotFound, answerText } from '#app/api/_http/conditional-answer.ts';
import { LIST_NAME } from '#components/paper/list-name.ts';
import {
  citationFilename,
  isCitationFormat,
  MEDIA_TYPE,
  writeCitation,
} from '#lib/citations/citation-format.ts';
import { paperPath } from '#lib/papers/paper.ts';

type Context = { params: Promise<{ format: string; id: string[] }> };

/** A paper for a citation manager, a note or a script. proxy.ts leads `/papers/<id>.bib` and its like here. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { format, id } = await params;
  const address = parsePaperAddress(id);
  if (!isCitationFormat(format) || address === null) return answerNotFound('That is no paper’s identifier.');
  const paper = await getPaper(address.registry, address.identifier);
  if (paper === null) return answerNotFound(`We do not have the paper ${address.identifier}.`);
  const pageUrl = getBaseUrl() + paperPath(paper);
  return answerText(request, {
    body: writeCitation(format, paper, { pageUrl, listNames: LIST_NAME }),
    contentType: MEDIA_TYPE[format],
    filename: citationFilename(paper.identifier, format),
    link: `<${pageUrl}>; rel="canonical"`,
  });
}
