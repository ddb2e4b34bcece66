/** Requests to the web server of an instance: whether it is ready, and warming it up for its first reader. */
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;
const RESPONSE_MS_MAX = 10_000;
/** A development server compiles the route first. */
const HEALTHY_MS_MAX = 120_000;
const WARM_UP_TRIES_MAX = 100;
/** An invalid day, so it needs no database; all else that it loads, the page of a day loads too (1 s, the first time). */
const PAGE_WITHOUT_DATABASE = '/date/no-day';

/** Resolves with null once the site is ready, else with the reason it is not; null too when `signal` aborts. */
export async function untilHealthy(url: string, signal: AbortSignal): Promise<string | null> {
  let last = 'no response';
  for (let waitedMs = 0; waitedMs < HEALTHY_MS_MAX && !signal.aborted; waitedMs += POLL_MS) {
    const status = await request(`${url}/api/health`);
    if (status === 200) return null;
    if (status !== null) last = `status ${status}`;
    await sleep(POLL_MS);
  }
  return signal.aborted ? null : `The web server does not become ready (${last} from ${url}/api/health).`;
}

/** Makes Next load what the first reader would wait for, as soon as the server listens. Never rejects. */
export async function warmUp(url: string, signal: AbortSignal): Promise<void> {
  for (let tries = 0; tries < WARM_UP_TRIES_MAX && !signal.aborted; tries += 1) {
    if ((await request(`${url}${PAGE_WITHOUT_DATABASE}`)) !== null) return;
    await sleep(POLL_MS);
  }
}

/** The status of the response; null if there was none: the server does not listen yet, or is too slow. */
export async function request(url: string): Promise<number | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(RESPONSE_MS_MAX) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
