/** Requests to stop: Ctrl-C, SIGTERM, a closed terminal, or the end of the parent process. */
import { performance } from 'node:perf_hooks';
import { EXIT } from '../command.ts';

/** One Ctrl-C can arrive twice, from the terminal and through npm; within this time it is the same request. */
const SAME_REQUEST_MS = 1_000;

/** Aborts at the first request to stop; `onSecond` is called at later ones. */
export function listenForStop(onSecond: () => void = () => process.exit(EXIT.failed)): AbortSignal {
  const controller = new AbortController();
  let requestedAtMs = 0;
  const request = () => {
    if (!controller.signal.aborted) {
      requestedAtMs = performance.now();
      controller.abort();
    } else if (performance.now() - requestedAtMs > SAME_REQUEST_MS) {
      onSecond();
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
