/** When to stop: Ctrl-C, SIGTERM, a closed terminal, or the end of the process that started us. */
import { performance } from 'node:perf_hooks';

/** One Ctrl-C can come twice, from the terminal and through npm; within this time it is the same one. */
const SAME_REQUEST_MS = 1_000;

/** Aborts at the first request to stop. `onImpatience` hears each later one. */
export function listenForStop(onImpatience: () => void): AbortSignal {
  const controller = new AbortController();
  let requestedAtMs = 0;
  const request = () => {
    if (!controller.signal.aborted) {
      requestedAtMs = performance.now();
      controller.abort();
    } else if (performance.now() - requestedAtMs > SAME_REQUEST_MS) {
      onImpatience();
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, request);
  if (process.channel) {
    process.on('disconnect', request);
    process.channel.unref();
  }
  return controller.signal;
}

/** Resolves when `signal` aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
