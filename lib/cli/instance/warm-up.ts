/** Requests whose answers nobody reads: they make Next load and compile what the first reader would wait for. */
import { setTimeout as sleep } from 'node:timers/promises';

/** No day, so it asks no database; all else that it needs, a day's page needs too (1 s, the first time). */
const PAGE_WITHOUT_DATABASE = '/date/no-day';
const TRIES_MAX = 100;
const POLL_MS = 50;
const ANSWER_MS_MAX = 10_000;

/** Asks as soon as the server listens. Never rejects. */
export async function warmUp(url: string, signal: AbortSignal): Promise<void> {
  for (let tries = 0; tries < TRIES_MAX && !signal.aborted; tries += 1) {
    if (await askOnce(`${url}${PAGE_WITHOUT_DATABASE}`)) return;
    await sleep(POLL_MS);
  }
}

/** Whether there was an answer, of whatever kind. */
export async function askOnce(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    await response.arrayBuffer();
    return true;
  } catch {
    // Not listening yet, or gone again.
    return false;
  }
}
