import { type Command, InvalidArgumentError } from 'commander';
import { SETTINGS } from '#lib/config/settings.ts';
import { domainOf } from '#lib/mail/address.ts';
import { parseMailbox } from '#lib/mail/message.ts';
import { createDkimKeys, toPublicKey } from '#lib/mail/sending/dkim-store.ts';
import { parseSmtpUrl } from '#lib/mail/sending/smtp-target.ts';
import { formatTxt, toDnsRecords } from '#lib/mail/sending-domain.ts';
import { answer, type Context, EXIT, type ExitCode, JSON_OPTION, type Run } from '../command.ts';

export function defineMail(command: Command, run: Run): void {
  command
    .command('keys')
    .description('make DKIM keys (RSA and Ed25519) and print the DNS records for DKIM, SPF and DMARC')
    .option(
      '--domain <domain>',
      'the domain that signs (default: that of MAIL_FROM)',
      argumentParser('DKIM_DOMAIN'),
    )
    .requiredOption(
      '--selector <selector>',
      'name of the keys, such as paperboy1',
      argumentParser('DKIM_SELECTOR'),
    )
    .option('--json', JSON_OPTION, false)
    .action(run(makeMailKeys));
}

/** Accepts what the setting of that name accepts. */
function argumentParser(name: 'DKIM_DOMAIN' | 'DKIM_SELECTOR') {
  const { schema, expected } = SETTINGS[name];
  return (text: string): string => {
    const parsed = schema.safeParse(text);
    if (!parsed.success) throw new InvalidArgumentError(`Expected: ${expected}.`);
    return parsed.data;
  };
}

type MailKeyFlags = { domain?: string; selector: string; json: boolean };

/** Makes DKIM keys, or reads existing ones, and prints their DNS records. */
async function makeMailKeys({ config }: Context, flags: MailKeyFlags): Promise<ExitCode> {
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
    `${wasMade ? 'Made' : 'Found'} the keys in ${mail.dkimDirectory}. Publish:\n\n${lines.join('\n\n')}\n\nThen set:\n\n${settings}\n\nand check with paperboy doctor.`,
  );
  return EXIT.ok;
}
