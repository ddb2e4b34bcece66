import { getBaseUrl } from '#app/_data/site.ts';
import { answerText } from '#app/api/_http/conditional-answer.ts';
import { describeInterface } from '../interface.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Response {
  return answerText(request, {
    body: `${JSON.stringify(describeInterface(getBaseUrl()), null, 1)}\n`,
    contentType: 'application/vnd.oai.openapi+json;version=3.1',
  });
}
