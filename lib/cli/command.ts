/** What all commands share: what an action receives, exit codes, output, and the parsing of common arguments. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Config } from '#lib/config/parse.ts';
import { parseDay } from '#lib/papers/day.ts';

/** `paperboy --help` says the same. 69 and 78 are those of BSD's sysexits.h. */
export const EXIT = {
  ok: 0,
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** A source, or the network to it, could not be reached; a later try may work. */
  unavailable: 69,
  /** The settings are wrong. */
  configuration: 78,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type Context = {
  readonly config: Config;
  /** The project folder. */
  readonly root: string;
};

export type Action<Given extends unknown[]> = (context: Context, ...given: Given) => Promise<ExitCode>;

/** Turns an action into what commander calls: reads the configuration first, and keeps the exit code. */
export type Run = <Given extends unknown[]>(action: Action<Given>) => (...given: Given) => Promise<void>;

/** What each file of commands/ exports: adds options and action to its command, or a command to its group. */
export type Define = (command: Command, run: Run) => void;

export const JSON_OPTION = 'end standard output with one JSON object; logs go to standard error';

/** Progress and remarks; never part of an answer. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The answer. With `--json` it is one line, the last on standard output. */
export function answer(isJson: boolean, object: object, text: string): void {
  process.stdout.write(isJson ? `${JSON.stringify(object)}\n` : `${text}\n`);
}

/** This and the next two throw what commander shows as a usage error. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Expected: a whole number from 1.');
  return Number(text);
}

export function parseDayArgument(text: string): string {
  const day = parseDay(text);
  if (day === null) throw new InvalidArgumentError('Expected: YYYY-MM-DD, for example 2025-12-31.');
  return day;
}

/** ISO 8601 in UTC or with an offset, so that the same command means the same moment everywhere; a day begins at 00:00 UTC. */
export function parseInstant(text: string): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const instant = new Date(isDay ? `${text}T00:00:00Z` : text);
  const isReal = !Number.isNaN(instant.getTime()) && (!isDay || instant.toISOString().startsWith(text));
  if ((isDay || isInstant) && isReal) return instant;
  throw new InvalidArgumentError('Expected: an instant such as 2026-11-24T10:00:00Z, or a day, 2026-11-24.');
}
