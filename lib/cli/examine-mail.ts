import { Resolver } from 'node:dns/promises';
import type { Config } from '#lib/config/config.ts';
import { checkSendingDomain, type ResolveTxt } from '#lib/mail/check-sending-domain.ts';
import { parseSmtpUrl } from '#lib/mail/sending/smtp-target.ts';
import type { Finding } from './finding.ts';

const DNS_MS_MAX = 3_000;

/** What `doctor` says of mail. Nothing is asked of the DNS where mail does not leave this machine. */
export async function examineMail(config: Config, resolveTxt: ResolveTxt = askDns): Promise<Finding[]> {
  const { mail } = config;
  if (mail.smtpUrl === null) {
    return [{ name: 'mail', state: 'ok', detail: `not sent: written to ${mail.outboxDirectory}` }];
  }
  const { host, port } = parseSmtpUrl(mail.smtpUrl);
  const isHttps = config.baseUrl.startsWith('https:');
  return [
    { name: 'mail', state: 'ok', detail: `handed to ${host}:${port}, from ${mail.from}` },
    isHttps
      ? { name: 'unsubscribe links', state: 'ok', detail: 'https, as one-click wants them' }
      : {
          name: 'unsubscribe links',
          state: 'warn',
          detail: 'BASE_URL is not https: mailbox providers ignore them',
        },
    ...(await checkSendingDomain({ resolveTxt }, mail)),
  ];
}

function askDns(name: string): ReturnType<ResolveTxt> {
  const resolver = new Resolver({ timeout: DNS_MS_MAX, tries: 1 });
  return resolver.resolveTxt(name);
}
