/** What was made and may be asked for again, bounded by the sum of sizes: what has not been asked for longest goes first. */

export type BoundedCache<Kept> = {
  /** Null where it is not there. Whatever is taken was asked for last. */
  take(key: string): Kept | null;
  /** Whether `kept` itself is what stands under `key`. */
  holds(key: string, kept: Kept): boolean;
  /** In place of what stood there. What is larger than all there is room for is not kept. */
  put(key: string, kept: Kept, size: number): void;
  forget(key: string): void;
  clear(): void;
};

export function createBoundedCache<Kept>(sizeMax: number): BoundedCache<Kept> {
  /** Oldest use first. */
  const entries = new Map<string, { readonly kept: Kept; readonly size: number }>();
  let sum = 0;

  function forget(key: string): void {
    sum -= entries.get(key)?.size ?? 0;
    entries.delete(key);
  }

  return {
    take(key) {
      const entry = entries.get(key);
      if (entry === undefined) return null;
      entries.delete(key);
      entries.set(key, entry);
      return entry.kept;
    },
    holds: (key, kept) => entries.get(key)?.kept === kept,
    put(key, kept, size) {
      forget(key);
      entries.set(key, { kept, size });
      sum += size;
      for (const oldest of entries.keys()) {
        if (sum <= sizeMax) break;
        forget(oldest);
      }
    },
    forget,
    clear() {
      entries.clear();
      sum = 0;
    },
  };
}
