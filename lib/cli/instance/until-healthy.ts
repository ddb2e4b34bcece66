import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;
const ANSWER_MS_MAX = 5_000;
/** A development server compiles the route first. */
const HEALTHY_MS_MAX = 120_000;

/** Resolves with null once the site says it is ready, else with why it is not; null too when `signal` aborts. */
export async function untilHealthy(url: string, signal: AbortSignal): Promise<string | null> {
  let last = 'no answer';
  for (let waitedMs = 0; waitedMs < HEALTHY_MS_MAX && !signal.aborted; waitedMs += POLL_MS) {
    const status = await ask(`${url}/api/health`);
    if (status === 200) return null;
    if (status !== null) last = `status ${status}`;
    await sleep(POLL_MS);
  }
  return signal.aborted ? null : `The web server does not get ready (${last} from ${url}/api/health).`;
}

/** The status of the answer, null where there was none. */
async function ask(url: string): Promise<number | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    await response.body?.cancel();
    return response.status;
  } catch {
    // Not listening yet, or not answering in time: the caller asks again.
    return null;
  }
}
