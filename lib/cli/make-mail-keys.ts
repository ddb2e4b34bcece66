import { domainOf } from '#lib/mail/address.ts';
import { parseMailbox } from '#lib/mail/message.ts';
import { createDkimKeys, toPublicKey } from '#lib/mail/sending/dkim-store.ts';
import { parseSmtpUrl } from '#lib/mail/sending/smtp-target.ts';
import { formatTxt, toDnsRecords } from '#lib/mail/sending-domain.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { answer } from './print.ts';

export type MailKeyFlags = { domain?: string; selector: string; json: boolean };

/** Makes DKIM keys, or finds those made before, and prints the DNS records that go with them. */
export async function makeMailKeys({ config }: Context, flags: MailKeyFlags): Promise<ExitCode> {
  const { mail } = config;
  const sender = parseMailbox(mail.from);
  const domain = flags.domain ?? mail.dkim?.domain ?? (sender === null ? null : domainOf(sender.address));
  if (domain === null) throw new Error('MAIL_FROM names no domain; give one with --domain.');
  const { keys, wasMade } = await createDkimKeys(mail.dkimDirectory, domain, flags.selector);
  const relayHost = mail.smtpUrl === null ? null : parseSmtpUrl(mail.smtpUrl).host;
  const records = toDnsRecords(
    domain,
    keys.map(({ selector, privateKey }) => ({ selector, ...toPublicKey(privateKey) })),
    relayHost,
  );
  const lines = records.map(
    ({ name, value, purpose }) => `; ${purpose}\n${name}.  IN  TXT  ${formatTxt(value)}`,
  );
  const settings = `DKIM_DOMAIN=${domain}\nDKIM_SELECTOR=${flags.selector}`;
  answer(
    flags.json,
    { domain, selector: flags.selector, directory: mail.dkimDirectory, wasMade, records },
    `${wasMade ? 'Made' : 'Found'} the keys in ${mail.dkimDirectory}. Publish:\n\n${lines.join('\n\n')}\n\nThen set:\n\n${settings}\n\nand let paperboy doctor look.`,
  );
  return EXIT.ok;
}
