/** Calls `work` with every item, `width` of them at a time, and gives its results in the order of the items. */
export async function atOnce<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const take = async () => {
    // One iterator for all: each takes the next item that nobody has.
    for (const [at, item] of waiting) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, take));
  return results;
}
