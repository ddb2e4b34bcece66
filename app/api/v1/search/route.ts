import { getProgramDeps } from '#app/_data/programs.ts';
import { search } from '#app/_data/search.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { answerPreflight, answerPrograms } from '../answer-programs.ts';
import { toSearchJson } from './answer.ts';
import { parseSearchParameters } from './parameters.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answerPrograms(request, getProgramDeps('search'), async (parameters) => {
    const asked = parseSearchParameters(parameters);
    if ('kind' in asked) return { kind: 'problem', problem: asked };
    const body = toSearchJson(asked, await search(asked), getBaseUrl());
    const link = [
      `<${body.links.html}>; rel="alternate"; type="text/html"`,
      ...(body.links.next === null ? [] : [`<${body.links.next}>; rel="next"`]),
    ].join(', ');
    return { kind: 'found', body, link };
  });
}

export const OPTIONS = answerPreflight;
