import { getProgramDeps } from '#app/_data/programs.ts';
import { runtime } from '#lib/runtime.ts';
import { suggestQueries } from '#lib/search/suggest-queries.ts';
import { answerPreflight, answerPrograms } from '../answer-programs.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answerPrograms(request, getProgramDeps('suggest'), async (parameters) => ({
    kind: 'found',
    body: { suggestions: await suggestQueries({ db: runtime.db }, parameters.get('q') ?? '') },
  }));
}

export const OPTIONS = answerPreflight;
