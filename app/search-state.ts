/**
 * What the answers to searches hang on: the state of the database, and the day from which dates are reckoned. Said by the
 * pages' modules and asked by those that keep pages (kept-pages.ts), which are of another bundle in the same process.
 */

type StateOf = () => Promise<string>;

const shared: typeof globalThis & { paperboySearchState?: StateOf } = globalThis;

export function tellSearchState(stateOf: StateOf): void {
  shared.paperboySearchState = stateOf;
}

/** Null before anybody could tell, and where the database does not. */
export async function askSearchState(): Promise<string | null> {
  return (await shared.paperboySearchState?.().catch(() => null)) ?? null;
}
