import 'server-only';
import { runtime } from '#lib/runtime.ts';
import { type Suggestion, suggestQueries } from '#lib/search/suggest-queries.ts';

export function getSuggestions(typed: string): Promise<Suggestion[]> {
  return suggestQueries({ db: runtime.db }, typed);
}
