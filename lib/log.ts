/**
 * Events for operators, one line each on standard error: JSON for programs, words when a person watches the
 * terminal. Fields name things by id and count; addresses, tokens and abstracts never belong here.
 */
import type { Clock } from './clock.ts';

/** In falling order of detail. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** `event` is a short kebab-case name that stays the same, so that it can be searched and counted. */
export type Log = { readonly [level in LogLevel]: (event: string, fields?: LogFields) => void };

export type LogOutput = { write(line: string): void; readonly isTTY?: boolean };

/** Writes events of `least` importance and above. */
export function createLog(deps: { clock: Clock; output: LogOutput }, least: LogLevel): Log {
  const format = deps.output.isTTY === true ? formatForPerson : formatForProgram;
  const writer =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return;
      deps.output.write(`${format(level, deps.clock.now(), event, fields)}\n`);
    };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

function formatForProgram(level: LogLevel, time: Date, event: string, fields: LogFields): string {
  return JSON.stringify({ level, time: time.toISOString(), event, ...fields });
}

/** `07:30:00 warn  ingest-failed source=huggingface reason="no network"` */
function formatForPerson(level: LogLevel, time: Date, event: string, fields: LogFields): string {
  const words = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${formatValue(value)}`);
  return [time.toISOString().slice(11, 19), level.padEnd(5), event, ...words].join(' ');
}

/** Quoted where a value holds more than one word, so that a hostile one cannot pass for fields or lines of ours. */
function formatValue(value: LogFields[string]): string {
  const text = String(value);
  return /^[\w.:/@+-]+$/.test(text) ? text : JSON.stringify(text);
}

/** What went wrong, with its causes, on one line: an Error's own words and those of what led to it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node's, where a host has several addresses and none answers, has no message of its own.
  const parts = error instanceof AggregateError ? error.errors.map(describeError).join('; ') : '';
  const own = error.message || parts || error.name;
  const described = error.cause === undefined ? own : `${own} (${describeError(error.cause)})`;
  return described.replace(/\s+/g, ' ').trim();
}
