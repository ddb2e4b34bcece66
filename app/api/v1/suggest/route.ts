import { getProgramDeps } from '#app/_data/programs.ts';
import { getSuggestions } from '#app/_data/suggestions.ts';
import { answerPreflight, answerPrograms } from '../answer-programs.ts';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answerPrograms(request, getProgramDeps('suggest'), async (parameters) => ({
    kind: 'found',
    body: { suggestions: await getSuggestions(parameters.get('q') ?? '') },
  }));
}

export const OPTIONS = answerPreflight;
