/** The commands for mail that leaves and comes back. */
import { type Command, InvalidArgumentError } from 'commander';
import { JSON_OPTION, type Run } from '../command.ts';
import type { LiftFlags } from '../lift-address.ts';
import type { MailKeyFlags } from '../make-mail-keys.ts';

export function addMailCommands(program: Command, run: Run): void {
  const mail = program.command('mail').description('keys and DNS records of outgoing mail');
  mail
    .command('keys')
    .description('make DKIM keys (RSA and Ed25519) and print the DNS records for DKIM, SPF and DMARC')
    .option('--domain <domain>', 'who signs; without it, the domain of MAIL_FROM', parseDomainArgument)
    .requiredOption('--selector <selector>', 'name of the keys, such as paperboy1', parseSelector)
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: MailKeyFlags) =>
        (await import('../make-mail-keys.ts')).makeMailKeys(context, options),
      ),
    );

  const bounce = program.command('bounce').description('messages that came back');
  bounce
    .command('classify')
    .description('say what bounces, complaints and auto-replies mean for their recipients')
    .argument('<path>', 'an .eml file, or a folder of them')
    .option('--json', 'one JSON line for each message', false)
    .action(
      run(async (context, path: string, options: { json: boolean }) => {
        const { classifyBounces } = await import('../classify-bounces.ts');
        return classifyBounces(context, path, options);
      }),
    );
  bounce
    .command('record')
    .description('take bounces and complaints from files: they count as if they had come back to the mailbox')
    .argument('<path>', 'an .eml file, or a folder of them')
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, path: string, options: { json: boolean }) => {
        const { recordBounces } = await import('../record-bounces.ts');
        return recordBounces(context, path, options);
      }),
    );
  bounce
    .command('collect')
    .description('read the bounce mailbox now (BOUNCE_MAILBOX); the worker does it every five minutes')
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, options: { json: boolean }) => {
        const { collectFromImap } = await import('../collect-from-imap.ts');
        return collectFromImap(context, options);
      }),
    );

  const suppression = program.command('suppression').description('mailboxes that are not mailed any more');
  suppression
    .command('lift')
    .description('let an address be mailed again; who lifted it and why is recorded')
    .argument('<address>', 'as its reader wrote it')
    .requiredOption('--reason <words>', 'why, such as "its reader asked for it"')
    .option('--by <name>', 'who lifts it', 'the operator')
    .option('--even-after-complaint', 'also where its reader called our mail spam', false)
    .option('--json', JSON_OPTION, false)
    .action(
      run(async (context, address: string, options: LiftFlags) =>
        (await import('../lift-address.ts')).liftAddress(context, address, options),
      ),
    );
}

function parseDomainArgument(text: string): string {
  const isDomain =
    /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i.test(text);
  if (!isDomain) throw new InvalidArgumentError('A domain name is expected, such as example.org.');
  return text.toLowerCase();
}

function parseSelector(text: string): string {
  if (!/^[a-z0-9](?:[a-z0-9.-]{0,48}[a-z0-9])?$/i.test(text)) {
    throw new InvalidArgumentError('Letters, digits, hyphens and dots are expected, at most 50.');
  }
  return text.toLowerCase();
}
