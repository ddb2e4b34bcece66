/** A shared cache (RFC 9111) of whole responses. Requests for one key at the same time wait for one rendering. */
import { createBoundedCache } from '#lib/cache.ts';
import type { Clock } from '#lib/clock.ts';

/** Some 4,000 lists or papers, compressed. */
const BYTES_MAX = 64_000_000;

export type PageResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
  /** For how long anybody may get it; null when it is one person's. */
  readonly sharedSeconds: number | null;
};
/** The signal aborts when nobody waits for the response any more. */
type Render = (signal: AbortSignal) => Promise<PageResponse>;
type Rendering = { readonly response: Promise<PageResponse>; readonly abort: () => void; waiting: number };

export function createPageCache({ clock }: { clock: Clock }) {
  const stored = createBoundedCache<{ readonly response: PageResponse; readonly atMs: number }>(BYTES_MAX);
  const underWay = new Map<string, Rendering>();
  let changes = 0;

  function start(key: string, render: Render): Rendering {
    const controller = new AbortController();
    const [atMs, changesBefore] = [clock.now().getTime(), changes];
    const rendering: Rendering = {
      response: render(controller.signal),
      abort: () => controller.abort(),
      waiting: 0,
    };
    const end = () => underWay.get(key) === rendering && underWay.delete(key);
    rendering.response.then((response) => {
      end();
      if (response.sharedSeconds === null || response.status !== 200 || changes !== changesBefore) return;
      stored.put(key, { response, atMs }, key.length + response.body.length);
    }, end);
    underWay.set(key, rendering);
    return rendering;
  }

  return {
    /** @returns a stored response and its age in seconds, or a new one and null */
    async serve(key: string, reader: AbortSignal, render: Render): Promise<[PageResponse, number | null]> {
      const hit = stored.take(key);
      const ageMs = hit === null ? -1 : clock.now().getTime() - hit.atMs;
      // No response is of a time to come: a clock may be set back.
      if (hit !== null && ageMs >= 0 && ageMs < (hit.response.sharedSeconds ?? 0) * 1000)
        return [hit.response, Math.floor(ageMs / 1000)];

      const joined = underWay.get(key);
      const rendering = joined ?? start(key, render);
      rendering.waiting += 1;
      const leave = () => {
        rendering.waiting -= 1;
        if (rendering.waiting === 0) rendering.abort();
      };
      reader.addEventListener('abort', leave, { once: true });
      const response = await rendering.response.finally(() => reader.removeEventListener('abort', leave));
      return [
        joined !== undefined && response.sharedSeconds === null ? await render(reader) : response,
        null,
      ];
    },
    /** Papers changed: nothing that is stored or being rendered may be given to the next reader. */
    clear(): void {
      changes += 1;
      stored.clear();
      underWay.clear();
    },
  };
}
