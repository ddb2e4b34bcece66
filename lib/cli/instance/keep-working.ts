import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../print.ts';
import type { Child } from './child-process.ts';

const PAUSE_MS = 30_000;
/** A worker that ends this often is broken, and somebody should look. */
const STARTS_MAX = 20;

/** Keeps a worker running: readers need not lose the site with it. Never settles unless it gives up, with the reason. */
export async function keepWorking(start: () => Child, signal: AbortSignal): Promise<string> {
  for (let starts = 1; starts <= STARTS_MAX; starts += 1) {
    const { reason } = await start().ended;
    if (signal.aborted) break;
    say(`The worker ended (${reason}); it starts again in ${PAUSE_MS / 1000} seconds.`);
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
  }
  return signal.aborted ? 'stopped' : `The worker ended ${STARTS_MAX} times.`;
}
