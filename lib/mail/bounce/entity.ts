/**
 * MIME entities as mail systems really write them (RFC 2045, RFC 2046): any line ends, headers that start late,
 * boundaries that never close. Reads, never throws; every bound is named.
 */

export type Entity = {
  /** Lower-case name → values, unfolded, in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** `text/plain`, in lower case; that where none is declared. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Undecoded, with LF line ends. */
  readonly body: string;
  readonly parts: readonly Entity[];
};

const DEPTH_MAX = 6;
const PARTS_MAX = 40;
const HEADER_LINES_MAX = 2_000;
/** Longer lines are cut: RFC 5322, 2.1.1 allows 998. A field folded over many lines may be longer. */
const HEADER_LINE_LENGTH_MAX = 10_000;

/** Octets of a message that are looked at. Reports are small; what comes later is the returned message. */
const BYTES_MAX = 1_000_000;

/** Messages of a mailbox file (mbox), where it is one. */
const MESSAGES_MAX = 50;

/** At least one message. Each octet becomes one character: charsets are the parts' affair. */
export function parseMessages(bytes: Uint8Array): [Entity, ...Entity[]] {
  const text = Buffer.from(bytes.subarray(0, BYTES_MAX)).toString('latin1');
  const lines = text.replace(/\r\n|\r/g, '\n').replace(/^\n+/, '');
  const messages = /^From \S+ /.test(lines)
    ? lines.split(/\n\n(?=From \S+ .*\b\d{4}\n[\w-]+:)/, MESSAGES_MAX)
    : [lines];
  const [first = '', ...rest] = messages;
  return [parseEntity(first, 0), ...rest.map((message) => parseEntity(message, 0))];
}

/** A message within a message: its head and body. */
export function parseEntity(text: string, depth: number): Entity {
  const { headers, body } = splitHead(text);
  const { type, parameters } = parseContentType(headers.get('content-type')?.[0] ?? '');
  const boundary = parameters.get('boundary');
  const parts =
    type.startsWith('multipart/') && depth < DEPTH_MAX
      ? findParts(body, boundary).map((part) => parseEntity(part, depth + 1))
      : [];
  return { headers, type, parameters, body, parts };
}

/** The first value of a header, with encoded words decoded; empty where there is none. */
export function headerOf(entity: Pick<Entity, 'headers'>, name: string): string {
  return decodeWords(entity.headers.get(name)?.[0] ?? '');
}

/** This entity and all below it, outer first. */
export function* walk(entity: Entity): Generator<Entity> {
  yield entity;
  for (const part of entity.parts) yield* walk(part);
}

/** The text of a part, decoded as it declares. */
export function partTextOf(entity: Entity): string {
  const encoding = entity.headers.get('content-transfer-encoding')?.[0]?.trim().toLowerCase();
  const octets =
    encoding === 'base64'
      ? Buffer.from(entity.body, 'base64')
      : Buffer.from(
          encoding === 'quoted-printable' ? fromQuotedPrintable(entity.body) : entity.body,
          'latin1',
        );
  return decodeCharset(octets, entity.parameters.get('charset') ?? 'utf-8').replace(/\r\n|\r/g, '\n');
}

/** Groups of fields that blank lines divide, as delivery and feedback reports have them. */
export function parseFieldGroups(text: string): Map<string, string>[] {
  return text
    .split(/\n[ \t]*\n+/)
    .map(
      (group) =>
        new Map(
          [...splitHead(`${group.replace(/^\s*\n/, '')}\n\n`).headers].map(([name, values]) => [
            name,
            values[0] ?? '',
          ]),
        ),
    )
    .filter((fields) => fields.size > 0);
}

function splitHead(text: string): { headers: Map<string, string[]>; body: string } {
  const headers = new Map<string, string[]>();
  let position = 0;
  let last: string[] | undefined;
  for (let count = 0; count < HEADER_LINES_MAX && position < text.length; count += 1) {
    const found = text.indexOf('\n', position);
    const end = found < 0 ? text.length : found;
    const line = text.slice(position, Math.min(end, position + HEADER_LINE_LENGTH_MAX));
    // A mailbox file's envelope line is no field and ends no head.
    const field = /^([!-9;-~]+)[ \t]*:[ \t]*(.*)$/.exec(line);
    const isFolded = /^[ \t]+\S|^(?:boundary|charset|report-type)=/i.test(line);
    if (isFolded && last !== undefined) last[last.length - 1] += ` ${line.trim()}`;
    else if (field !== null) {
      const name = (field[1] ?? '').toLowerCase();
      last = headers.get(name) ?? [];
      last.push(field[2] ?? '');
      headers.set(name, last);
    } else if (!(count === 0 && line.startsWith('From '))) {
      return { headers, body: text.slice(line.trim() === '' ? end + 1 : position) };
    }
    position = end + 1;
  }
  return { headers, body: text.slice(position) };
}

function parseContentType(value: string): { type: string; parameters: Map<string, string> } {
  const type = /^\s*([\w.+-]+\/[\w.+-]+)/.exec(value)?.[1]?.toLowerCase() ?? 'text/plain';
  const parameters = new Map<string, string>();
  for (const match of value.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/g)) {
    parameters.set((match[1] ?? '').toLowerCase(), (match[2] ?? match[3] ?? '').replace(/\\(.)/g, '$1'));
  }
  return { type, parameters };
}

/** Where the declared boundary divides nothing, the one that evidently does. */
function findParts(body: string, boundary: string | undefined): string[] {
  const parts = boundary === undefined ? [] : splitParts(body, boundary);
  if (parts.length > 0) return parts;
  const evident = /^--(\S.{0,200})\ncontent-[\w-]+:/im.exec(body)?.[1];
  return evident === undefined ? [] : splitParts(body, evident.trimEnd());
}

function splitParts(body: string, boundary: string): string[] {
  const parts: string[] = [];
  let current: string[] | null = null;
  for (const line of body.split('\n')) {
    const isDelimiter = line.startsWith(`--${boundary}`);
    if (isDelimiter) {
      if (current !== null) parts.push(current.join('\n'));
      const isLast = line.startsWith(`--${boundary}--`);
      current = isLast ? null : [];
      if (isLast || parts.length >= PARTS_MAX) return parts;
    } else current?.push(line);
  }
  return current === null ? parts : [...parts, current.join('\n')];
}

function fromQuotedPrintable(text: string): string {
  return text
    .split('\n')
    .map(withoutBlanksAtEnd)
    .join('\n')
    .replace(/=\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** By hand: the expression for it takes quadratic time on a line of blanks. */
function withoutBlanksAtEnd(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end -= 1;
  return line.slice(0, end);
}

function decodeCharset(octets: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset.toLowerCase() === 'us-ascii' ? 'utf-8' : charset).decode(octets);
  } catch {
    // A charset nobody knows: what is ASCII in it is enough for us.
    return Buffer.from(octets).toString('latin1');
  }
}

/** RFC 2047. */
function decodeWords(value: string): string {
  return value
    .replace(/(=\?[^?\s]+\?[BQbq]\?[^?\s]*\?=)\s+(?==\?)/g, '$1')
    .replace(
      /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([BQbq])\?([^?\s]*)\?=/g,
      (_, charset: string, encoding: string, word: string) =>
        decodeCharset(
          encoding.toLowerCase() === 'b'
            ? Buffer.from(word, 'base64')
            : Buffer.from(fromQuotedPrintable(word.replaceAll('_', ' ')), 'latin1'),
          charset,
        ),
    );
}
