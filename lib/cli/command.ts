/** What every command has: what it is given, how it ends, and the words of its common options. */
import { InvalidArgumentError } from 'commander';
import type { Config } from '#lib/config/config.ts';
import type { ExitCode } from './exit-code.ts';

export type Context = {
  readonly config: Config;
  /** The project folder. */
  readonly root: string;
};

export type Action<Given extends unknown[]> = (context: Context, ...given: Given) => Promise<ExitCode>;

/** Makes of an action what commander calls: with the configuration read, and its exit code kept. */
export type Run = <Given extends unknown[]>(action: Action<Given>) => (...given: Given) => Promise<void>;

export const JSON_OPTION = 'end standard output with one JSON object; logs go to standard error';

/** Throws what commander shows when it is none. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('A whole number from 1 is expected.');
  return Number(text);
}
