/**
 * Bounces that only people were meant to read: qmail, Exim, old sendmail, Exchange, and many more.
 *
 * They share a shape. Someone says that mail did not arrive, names an address, and quotes a reply near it; then comes
 * the message itself. The address and the words between it and the next one are the report.
 */
import { type Entity, headerOf, partTextOf, walk } from './entity.ts';
import { readAddress, readStatus, recipientsOfReturned } from './report.ts';

export type TextReport = {
  readonly address: string;
  readonly status: string | null;
  readonly code: number | null;
  readonly text: string;
  /** True where the reporting system goes on trying. */
  readonly isStillTried: boolean;
};

/** Where the returned message begins. */
const DIVIDER =
  /^(?:[-=*_|> ]{2,}.{0,12}(?:(?:this is a|below this line is a?) ?copy|original message|returned message|unsent message|undelivered message|message text follows|(?:the )?header of the original|message header|message contents?|your original|forwarded message|the body of|included message|copy of (?:the|your) message).*|original message(?: headers)?(?: follows)?[:.].*|message headers follow.*|(?:the )?original message (?:follows|was|is) .*|received: from .*|return-path: .*|----- ?forwarded.*)$/im;

const LINES_MAX = 400;
const RECIPIENTS_MAX = 50;
const WORDS_LENGTH_MAX = 1_500;
/** Of a line. Reports are written in lines of some 80 characters. */
const LINE_LENGTH_MAX = 2_000;
const ADDRESS_LENGTH_MAX = 320;
/** Of all words of a message that are looked through. */
const TEXT_LENGTH_MAX = 200_000;

/** Recipients of a message that is a bounce, with what is said of each. */
export function readTextReports(message: Entity): TextReport[] {
  const own = ownAddresses(message);
  const text = reportTextOf(message);
  const cut = findRecipients(text, own);
  // Some reports quote another report whole, and the reply is in that.
  const named = cut.length > 0 ? cut : findRecipients(wholeTextOf(message), own);
  const failed = (message.headers.get('x-failed-recipients') ?? [])
    .flatMap((value) => value.split(','))
    .map(readAddress)
    .filter((address) => address !== null);
  if (named.length > 0) return named;
  const others = failed.length > 0 ? failed : guessRecipients(message, text);
  return [...new Set(others)].slice(0, RECIPIENTS_MAX).map((address) => toReport(address, text));
}

/** The words of the report, without the message that came back. */
export function reportTextOf(message: Entity): string {
  const text = wholeTextOf(message);
  const cut = DIVIDER.exec(text);
  const report = cut === null ? text : text.slice(0, cut.index);
  // A report that begins with its message has its words behind it.
  return (report.trim() === '' ? text : report).split('\n').slice(0, LINES_MAX).join('\n');
}

function wholeTextOf(message: Entity): string {
  const parts = [...walk(message)].filter(
    ({ type, parts: below }) => /^(?:text|multipart)\//.test(type) && below.length === 0,
  );
  const plain = parts.find(({ type }) => type === 'text/plain') ?? parts[0];
  if (plain === undefined) return '';
  const text = partTextOf(plain).slice(0, TEXT_LENGTH_MAX);
  return plain.type === 'text/html' ? fromHtml(text) : text;
}

/** A line that names a recipient, with what follows up to the next such line. */
function findRecipients(text: string, own: ReadonlySet<string>): TextReport[] {
  const blocks: { address: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const address = recipientOf(line.slice(0, LINE_LENGTH_MAX));
    if (address !== null && !own.has(address.toLowerCase())) {
      const known = blocks.find((block) => block.address.toLowerCase() === address.toLowerCase());
      if (known !== undefined) known.lines.push(line);
      else if (blocks.length < RECIPIENTS_MAX) blocks.push({ address, lines: [line] });
    } else blocks.at(-1)?.lines.push(line);
  }
  const before = blocks.length === 1 ? text : '';
  return blocks.map(({ address, lines }) => toReport(address, before === '' ? lines.join('\n') : before));
}

/** Lines that stand for a recipient: the address leads, or a word says that it is one. */
function recipientOf(line: string): string | null {
  const leading =
    /^[\s>*"'-]{0,12}(?:\d{3}[ -](?:\d\.\d\.\d )?)?(?:(?:to|recipient|for|address|rcpt to|failed recipient|final-recipient)\s*:\s*(?:rfc822;\s*)?)?<?("?[^\s<>"(),;:[\]]+@[^\s<>"(),;:[\]]+)"?>?/i.exec(
      line,
    );
  const address = leading?.[1] ?? findNamed(line);
  return address === undefined ? null : address.replace(/^"|["'.]+$/g, '');
}

const RECIPIENT_WORD =
  /(?:mail to|failed|deliver(?:ed|ing)?(?: your (?:mail|message))? to|recipients?|mailbox|address|account|user|rcpt to:?)[^<@\n]{0,40}$/i;
const ADDRESS_CHARACTER = /[^\s<>"(),;:[\]@]/;
const ADDRESSES_MAX = 20;

/** The first address after a word for a recipient. From each `@` outwards, so that it takes linear time. */
function findNamed(line: string): string | undefined {
  let at = line.indexOf('@');
  for (let count = 0; at >= 0 && count < ADDRESSES_MAX; count += 1, at = line.indexOf('@', at + 1)) {
    let start = at;
    while (start > at - ADDRESS_LENGTH_MAX && ADDRESS_CHARACTER.test(line[start - 1] ?? ' ')) start -= 1;
    let end = at + 1;
    while (end < at + ADDRESS_LENGTH_MAX && ADDRESS_CHARACTER.test(line[end] ?? ' ')) end += 1;
    const hasDelimiter = /[\s<:"(]/.test(line[start - 1] ?? '');
    const before = line.slice(Math.max(0, start - 80), hasDelimiter ? start - 1 : start);
    const isDelimited = hasDelimiter || line[start] === "'";
    if (start < at && end > at + 1 && isDelimited && RECIPIENT_WORD.test(before))
      return line.slice(start, end);
  }
  return undefined;
}

/** Addresses that a report names without meaning them: whom it is sent to, who writes it, whom to ask. */
function ownAddresses(message: Entity): ReadonlySet<string> {
  const names = ['to', 'from', 'envelope-to', 'return-path', 'reply-to'];
  const own = names.flatMap((name) => (message.headers.get(name) ?? []).map(readAddress));
  return new Set(own.filter((address) => address !== null).map((address) => address.toLowerCase()));
}

function guessRecipients(message: Entity, text: string): string[] {
  const returned = recipientsOfReturned(message);
  if (returned.length > 0) return returned;
  const whole = [...walk(message)].map(({ body }) => body).join('\n');
  const to = /^(?:to|original-recipient|x-failed-recipients)\s*:\s*(.*)$/im.exec(
    whole.slice(text.length),
  )?.[1];
  const address = to === undefined ? null : readAddress(to);
  const own = ownAddresses(message);
  return address === null || own.has(address.toLowerCase()) ? [] : [address];
}

function toReport(address: string, words: string): TextReport {
  const text = words.replace(/\s+/g, ' ').trim().slice(0, WORDS_LENGTH_MAX);
  const code = /(?:^|[^\d.@])([45]\d\d)[ -](?!\d\d\d)/.exec(text)?.[1];
  return {
    address,
    status: readStatus(text),
    code: code === undefined ? null : Number(code),
    text,
    isStillTried: STILL_TRIED.test(text),
  };
}

const STILL_TRIED =
  /will be retried|will (?:continue|keep) (?:to try|trying)|no action is required|has been delayed|not yet been delivered|delivery attempts will continue|this is a warning message only/i;

function fromHtml(source: string): string {
  return withoutElements(withoutElements(source, 'style'), 'script')
    .replace(/<(?:br|\/p|\/div|\/tr|\/td|\/li|\/h\d)[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&');
}

/** One that is never closed takes the rest. */
function withoutElements(source: string, name: 'style' | 'script'): string {
  const lower = source.toLowerCase();
  let kept = '';
  for (let position = 0; ; ) {
    const start = lower.indexOf(`<${name}`, position);
    if (start < 0) return kept + source.slice(position);
    kept += source.slice(position, start);
    const end = lower.indexOf(`</${name}>`, start);
    if (end < 0) return kept;
    position = end + name.length + 3;
  }
}

/** Whose words a message could be a bounce by: nobody's, a mail system's, or one that says so in its subject. */
export function isBounce(message: Entity): boolean {
  const from = headerOf(message, 'from');
  const subject = headerOf(message, 'subject');
  const returnPath = message.headers.get('return-path')?.[0];
  if (message.headers.has('x-failed-recipients')) return true;
  const isFromSystem =
    /mailer-?daemon|post_?master|mail ?delivery|mail delivery (?:sub)?system|^\s*<>\s*$|mdaemon|system administrator|no-?reply|ndr administrator/i.test(
      from,
    );
  const isNull = returnPath !== undefined && /^\s*(?:<>)?\s*$|mailer-daemon/i.test(returnPath);
  const isFailure =
    /undeliver|failure|failed|return(?:ed|ing) (?:mail|message|to sender)|delivery (?:status|notification|error|problem|report)|not delivered|could not be delivered|couldn't be delivered|mail (?:system )?error|user unknown|bounce|rejected|errors from|warning: (?:message|could not)|delayed|unzustellbar|non remis|mail delivery|postmaster notify/i.test(
      subject,
    );
  return (isFromSystem || isNull) && (isFailure || SAYS_FAILURE.test(reportTextOf(message)));
}

const SAYS_FAILURE =
  /(?:could|was|can)(?: ?not|n't)(?: be)? ?(?:delivered|deliver|able to deliver)|undeliverable|did not reach|delivery (?:has )?failed|failed to deliver|permanent (?:fatal )?error|delivery errors?|unable to deliver|not been delivered|giving up|error delivering|user unknown|returned to sender|error message below|transcript of session/i;

/** Answers that no person wrote (RFC 3834): out of office, received with thanks. */

export function isAutoReply(message: Entity): boolean {
  const submitted = headerOf(message, 'auto-submitted').trim().toLowerCase();
  if (/^auto-replied/.test(submitted)) return true;
  const marks = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply', 'x-vacation'];
  if (marks.some((name) => message.headers.has(name))) return true;
  if (/auto_?reply/i.test(headerOf(message, 'precedence'))) return true;
  if (/vacation/i.test(headerOf(message, 'x-apple-action'))) return true;
  // Most mail programs in use mark nothing, and say it.
  return /^\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|respon[sd]\w*|antwort)|autorep(?:ly)?|out of (?:the )?office|abwesen|réponse automatique|risposta automatica|respuesta automática|自動応答|自動返信|vacation|on holiday)/i.test(
    headerOf(message, 'subject'),
  );
}

/** Says that nobody reads this mailbox any more, and not only this week. */
export function saysAbandoned(text: string): boolean {
  return /(?:mailbox|inbox|address|account).{0,80}?\b(?:is |are )?no longer (?:in use|used|monitored|active|valid)/i.test(
    text.replace(/\s+/g, ' '),
  );
}
