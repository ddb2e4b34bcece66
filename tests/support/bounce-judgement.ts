/**
 * How well returned mail is understood, over a collection of real messages: against a reference classifier's verdicts
 * and against the fields the machine-readable ones carry.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BouncedRecipient, classifyBounce } from '#lib/mail/bounce/bounce.ts';

export type Judgement = {
  readonly verdicts: { readonly right: number; readonly all: number; readonly wrong: readonly string[] };
  readonly reports: { readonly understood: number; readonly all: number; readonly missed: readonly string[] };
  /** Messages that are no bounce, yet would suppress someone. */
  readonly suppressedByOthers: readonly string[];
  readonly lineEndsThatDiffer: readonly string[];
  readonly messages: number;
};

const WANTED: Readonly<Record<string, BouncedRecipient['kind']>> = {
  vacation: 'auto-reply',
  delivered: 'other',
};

export function judgeBounces(folder: string): Judgement {
  const read = (file: string) => classifyBounce(readFileSync(join(folder, file))).recipients;
  const wrong: string[] = [];
  const expected = parseCsv(readFileSync(join(folder, 'expected_sisimai_subset.csv'), 'utf8'));
  for (const { file = '', recipient_no: number, reason = '', hardbounce } of expected) {
    const verdict = reason.startsWith('feedback') ? 'complaint' : hardbounce === '1' ? 'hard' : 'soft';
    const got = read(file)[Number(number) - 1]?.kind;
    if (got !== (WANTED[reason] ?? verdict))
      wrong.push(`${file}: ${got}, not ${WANTED[reason] ?? verdict} (${reason})`);
  }
  const manifest = parseCsv(readFileSync(join(folder, 'manifest_from_headers.csv'), 'utf8')).filter(
    ({ file = '' }) => existsSync(join(folder, file)),
  );
  const machine = manifest.filter(({ kind }) => kind === 'dsn' || kind === 'arf');
  const missed = machine.filter((row) => !isUnderstood(row, read(row.file ?? '')));
  const others = manifest.filter(({ kind }) => kind === 'not').map(({ file = '' }) => file);
  return {
    verdicts: { right: expected.length - wrong.length, all: expected.length, wrong },
    reports: {
      understood: machine.length - missed.length,
      all: machine.length,
      missed: missed.map(({ file = '' }) => file),
    },
    suppressedByOthers: others.filter((file) =>
      read(file).some(({ kind }) => kind === 'hard' || kind === 'complaint'),
    ),
    lineEndsThatDiffer: manifest
      .map(({ file = '' }) => file)
      .filter((file) => !isSameInEveryLineEnd(readFileSync(join(folder, file)))),
    messages: manifest.length,
  };
}

/** Every recipient of the message's own report, with its action and status. What returned messages quote is not its own. */
function isUnderstood(row: Record<string, string>, got: readonly BouncedRecipient[]): boolean {
  if (row.kind === 'arf')
    return (
      got.length > 0 && got.every(({ kind, action }) => kind === 'complaint' && action === row.feedback_type)
    );
  const [action] = (row.action ?? '').split(';');
  const [status = ''] = (row.status ?? '').split(';');
  const [first] = got;
  return (
    first?.action === action &&
    first?.status === /^[\d.]+/.exec(status)?.[0] &&
    got.every(({ address }) => address.includes('@'))
  );
}

function isSameInEveryLineEnd(bytes: Buffer): boolean {
  const lines = bytes.toString('latin1').replace(/\r\n|\r/g, '\n');
  const [first, ...rest] = ['\n', '\r\n', '\r'].map((end) =>
    JSON.stringify(classifyBounce(Buffer.from(lines.replaceAll('\n', end), 'latin1')).recipients),
  );
  return rest.every((one) => one === first);
}

function parseCsv(text: string): Record<string, string>[] {
  const [head = [], ...rows] = text.trim().split(/\r?\n/).map(parseRow);
  return rows.map((row) => Object.fromEntries(head.map((name, place) => [name, row[place] ?? ''])));
}

function parseRow(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
}
