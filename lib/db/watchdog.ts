/**
 * Ends an embedded database that makes no progress: a statement that neither ends nor reads nor writes for a minute, such
 * as `COPY … TO PROGRAM`, which never returns in WebAssembly. Postgres runs on the main thread and cannot be interrupted
 * from there, so a thread of its own watches. Whoever uses the database opens it again.
 */
import { writeSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { MINUTE_MS, SECOND_MS } from '#lib/time.ts';

const STALLED_MS_MAX = 2 * MINUTE_MS;
const LOOK_MS = 5 * SECOND_MS;

/** Two counters, shared with the thread: whether a turn is running, and how many signs of progress there were. */
const RUNNING = 0;
const PROGRESS = 1;

export type Watchdog = {
  onTurn(isRunning: boolean): void;
  onProgress(): void;
  stop(): Promise<void>;
};

/** Kills this process (SIGKILL) where a turn shows no progress for `stalledMsMax`. */
export function startWatchdog(stalledMsMax: number = STALLED_MS_MAX): Watchdog {
  const counters = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { counters, stalledMsMax },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
  });
  worker.unref();
  return {
    onTurn: (isRunning) => {
      Atomics.store(counters, RUNNING, isRunning ? 1 : 0);
      Atomics.add(counters, PROGRESS, 1);
    },
    onProgress: () => {
      Atomics.add(counters, PROGRESS, 1);
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

const Input = z.object({ counters: z.instanceof(Int32Array), stalledMsMax: z.number() });

function watch(): void {
  const { counters, stalledMsMax } = Input.parse(workerData);
  const lookMs = Math.min(LOOK_MS, stalledMsMax / 4);
  let seen = -1;
  let stalledMs = 0;
  setInterval(() => {
    const progress = Atomics.load(counters, PROGRESS);
    const isStalled = Atomics.load(counters, RUNNING) === 1 && progress === seen;
    stalledMs = isStalled ? stalledMs + lookMs : 0;
    seen = progress;
    if (stalledMs < stalledMsMax) return;
    const seconds = Math.round(stalledMs / SECOND_MS);
    writeSync(2, `A statement made no progress for ${seconds} s; the database ends, to be opened again.\n`);
    process.kill(process.pid, 'SIGKILL');
  }, lookMs);
}

if (!isMainThread) watch();
