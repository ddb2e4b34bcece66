/** Asks the DNS whether mail of this instance will be believed. */
import type { MailConfig } from '#lib/config/parse.ts';
import { domainOf } from './address.ts';
import { parseMailbox } from './message.ts';
import { readDkimKeys, toPublicKey } from './sending/dkim-store.ts';
import {
  type DnsFinding,
  isAligned,
  judgeDkim,
  judgeDmarc,
  judgeSpf,
  type TxtAnswer,
} from './sending-domain.ts';

export type ResolveTxt = (name: string) => Promise<TxtAnswer>;

export type DomainFinding = DnsFinding & { readonly name: string };

/** Findings on keys and records. Never throws for what DNS or the keys are like: that is what it tells. */
export async function checkSendingDomain(
  deps: { resolveTxt: ResolveTxt },
  config: MailConfig,
): Promise<DomainFinding[]> {
  const mailbox = parseMailbox(config.from);
  if (mailbox === null)
    return [{ name: 'mail sender', state: 'fail', detail: `${config.from} cannot be mailed` }];
  const domain = domainOf(mailbox.address);
  return [
    ...(await checkDkim(deps.resolveTxt, config, domain)),
    { name: `SPF of ${domain}`, ...(await ask(deps.resolveTxt, domain, judgeSpf)) },
    { name: `DMARC of ${domain}`, ...(await checkDmarc(deps.resolveTxt, domain)) },
  ];
}

async function checkDkim(resolveTxt: ResolveTxt, config: MailConfig, from: string): Promise<DomainFinding[]> {
  if (config.dkim === null) {
    return [
      {
        name: 'DKIM',
        state: 'warn',
        detail: 'mails are not signed here (DKIM_SELECTOR); does the relay sign?',
      },
    ];
  }
  const keys = await readDkimKeys(config).catch((error: Error) => error);
  if (keys instanceof Error) return [{ name: 'DKIM', state: 'fail', detail: keys.message }];
  const findings = await Promise.all(
    keys.map(async ({ domain, selector, privateKey }) => {
      const name = `${selector}._domainkey.${domain}`;
      const expected = { selector, ...toPublicKey(privateKey) };
      return { name, ...(await ask(resolveTxt, name, (answer) => judgeDkim(answer, expected))) };
    }),
  );
  const [first] = keys;
  const isApart = first !== undefined && !isAligned(first.domain, from);
  const detail = `${first?.domain} signs, but mails come from ${from}: DMARC does not count that`;
  return isApart ? [...findings, { name: 'DKIM alignment', state: 'warn', detail }] : findings;
}

/** A subdomain without a record has its parent's (RFC 7489, 6.6.3, one label up at a time). */
async function checkDmarc(resolveTxt: ResolveTxt, domain: string): Promise<DnsFinding> {
  const own = await ask(resolveTxt, `_dmarc.${domain}`, judgeDmarc);
  const parent = domain.split('.').slice(1).join('.');
  return own.state === 'warn' && parent.includes('.') ? checkDmarc(resolveTxt, parent) : own;
}

const NO_RECORD = new Set(['ENODATA', 'ENOTFOUND']);

async function ask(
  resolveTxt: ResolveTxt,
  name: string,
  judge: (answer: TxtAnswer) => DnsFinding,
): Promise<DnsFinding> {
  try {
    return judge(await resolveTxt(name));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return NO_RECORD.has(code)
      ? judge([])
      : { state: 'warn', detail: `the DNS does not answer (${code || 'unknown'})` };
  }
}
