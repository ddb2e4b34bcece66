/**
 * The DNS records that let a domain's mail be believed: DKIM (RFC 6376, RFC 8463), SPF (RFC 7208), DMARC (RFC 7489), and
 * what is wrong with those that are there.
 */

export type DkimRecord = {
  readonly selector: string;
  readonly algorithm: 'rsa' | 'ed25519';
  readonly key: string;
};

export type DnsRecord = {
  readonly name: string;
  readonly type: 'TXT';
  readonly value: string;
  readonly purpose: string;
};

/** Longest string of a TXT record; longer values are several strings, which resolvers put together. */
const TXT_STRING_LENGTH = 255;

/** What to publish. SPF and DMARC are a start: who else sends for the domain, its owner knows. */
export function toDnsRecords(
  domain: string,
  keys: readonly DkimRecord[],
  relayHost: string | null,
): DnsRecord[] {
  return [
    ...keys.map((key) => ({
      name: `${key.selector}._domainkey.${domain}`,
      type: 'TXT' as const,
      value: toDkimValue(key),
      purpose: `DKIM, ${key.algorithm === 'rsa' ? 'RSA' : 'Ed25519'}`,
    })),
    {
      name: domain,
      type: 'TXT',
      value: relayHost === null ? 'v=spf1 mx ~all' : `v=spf1 mx a:${relayHost} ~all`,
      purpose: 'SPF: add your relay’s own include:, and only one such record',
    },
    {
      name: `_dmarc.${domain}`,
      type: 'TXT',
      value: `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`,
      purpose: 'DMARC: p=quarantine once the reports look right',
    },
  ];
}

/** For a zone file: quoted strings of at most 255 characters. */
export function formatTxt(value: string): string {
  const strings = value.match(new RegExp(`.{1,${TXT_STRING_LENGTH}}`, 'g')) ?? [];
  return strings.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(' ');
}

/** A resolver's answer: each record's strings. */
export type TxtAnswer = readonly (readonly string[])[];

export type DnsFinding = { readonly state: 'ok' | 'warn' | 'fail'; readonly detail: string };

export function judgeDkim(answer: TxtAnswer, expected: DkimRecord): DnsFinding {
  const records = joined(answer).filter((record) => /(?:^|;)\s*p\s*=/.test(record));
  if (records.length === 0)
    return { state: 'fail', detail: 'no record: mail signed with this key is not believed' };
  if (records.length > 1) return { state: 'fail', detail: 'more than one record; verifiers take either' };
  const key = /(?:^|;)\s*p\s*=\s*([^;]*)/.exec(records[0] ?? '')?.[1]?.replace(/\s+/g, '') ?? '';
  if (key === '') return { state: 'fail', detail: 'the key is revoked (an empty p=)' };
  return key === expected.key
    ? { state: 'ok', detail: 'publishes our key' }
    : { state: 'fail', detail: 'publishes another key than ours' };
}

export function judgeSpf(answer: TxtAnswer): DnsFinding {
  const records = joined(answer).filter((record) => /^v=spf1(?:\s|$)/i.test(record));
  if (records.length === 0) return { state: 'warn', detail: 'no SPF record' };
  // RFC 7208, 4.5: more than one is an error, and none counts.
  if (records.length > 1) return { state: 'fail', detail: 'more than one SPF record: none of them counts' };
  const [record = ''] = records;
  if (/\s\+?all(?:\s|$)/i.test(record)) return { state: 'warn', detail: `lets everyone send: ${record}` };
  return { state: 'ok', detail: record };
}

export function judgeDmarc(answer: TxtAnswer): DnsFinding {
  const records = joined(answer).filter((record) => /^v=DMARC1\s*(?:;|$)/.test(record));
  if (records.length === 0)
    return { state: 'warn', detail: 'no DMARC record; large mailbox providers want one' };
  if (records.length > 1) return { state: 'fail', detail: 'more than one DMARC record: none of them counts' };
  return { state: 'ok', detail: records[0] ?? '' };
}

/** RFC 7489, 3.1: a relaxed alignment is that of the organisational domain; a name at or above another has it. */
export function isAligned(signing: string, from: string): boolean {
  return signing === from || from.endsWith(`.${signing}`);
}

function joined(answer: TxtAnswer): string[] {
  return answer.map((strings) => strings.join(''));
}

function toDkimValue({ algorithm, key }: DkimRecord): string {
  return `v=DKIM1; k=${algorithm}; p=${key}`;
}
