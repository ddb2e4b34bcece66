import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '#lib/config/parse.ts';
import { checkSendingDomain } from '#lib/mail/check-sending-domain.ts';
import { createDkimKeys, readDkimKeys, toPublicKey } from '#lib/mail/sending/dkim-store.ts';
import { createOutbox, findOutboxMessage, listOutbox } from '#lib/mail/sending/outbox-store.ts';
import { formatTxt, toDnsRecords } from '#lib/mail/sending-domain.ts';
import { aMail } from '../../support/mail.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-mail-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function configOf(folder: string, variables: Record<string, string> = {}) {
  const config = parseConfig(
    {
      PAPERBOY_DIR: folder,
      MAIL_FROM: 'Papers <papers@news.example.org>',
      DKIM_SELECTOR: 's1',
      ...variables,
    },
    '/',
  );
  if (Array.isArray(config)) throw new Error('The variables are wrong.');
  return config;
}

const NONE = Object.assign(new Error('none'), { code: 'ENODATA' });

describe('the DNS against the keys', () => {
  async function check(
    change: (zone: Map<string, string[][]>) => void,
    variables: Record<string, string> = {},
  ) {
    const { mail } = configOf(aFolder(), variables);
    const { keys } = await createDkimKeys(mail.dkimDirectory, mail.dkim?.domain ?? 'news.example.org', 's1');
    const published = keys.map(({ selector, privateKey }) => ({ selector, ...toPublicKey(privateKey) }));
    const zone = new Map(
      toDnsRecords('news.example.org', published, null).map(({ name, value }) => [
        name,
        [value.match(/.{1,255}/g) ?? []],
      ]),
    );
    change(zone);
    const resolveTxt = async (name: string) => {
      const found = zone.get(name);
      if (found === undefined) throw NONE;
      return found;
    };
    const findings = await checkSendingDomain({ resolveTxt }, mail);
    return findings.map(({ name, state, detail }) => `${state} ${name}: ${detail}`);
  }

  test('all is well where the records are published as printed', async () => {
    const findings = await check(() => {});
    expect(findings).toHaveLength(4);
    expect(findings.every((finding) => finding.startsWith('ok '))).toBe(true);
  });

  test.each<[string, (zone: Map<string, string[][]>) => void, RegExp]>([
    ['no key', (zone) => zone.delete('s1._domainkey.news.example.org'), /^fail s1\._domainkey.*no record/],
    [
      'another key',
      (zone) => zone.set('s1._domainkey.news.example.org', [['v=DKIM1; k=rsa; p=AAAA']]),
      /another key/,
    ],
    ['a revoked key', (zone) => zone.set('s1._domainkey.news.example.org', [['v=DKIM1; p=']]), /revoked/],
    [
      'two SPF records',
      (zone) => zone.set('news.example.org', [['v=spf1 -all'], ['v=spf1 mx -all']]),
      /^fail SPF.*more than one/,
    ],
    ['SPF for everyone', (zone) => zone.set('news.example.org', [['v=spf1 +all']]), /^warn SPF.*everyone/],
    ['no SPF', (zone) => zone.delete('news.example.org'), /^warn SPF.*no SPF/],
    ['no DMARC', (zone) => zone.delete('_dmarc.news.example.org'), /^warn DMARC.*no DMARC/],
  ])('%s is told', async (_, change, expected) => {
    expect(await check(change)).toContainEqual(expect.stringMatching(expected));
  });

  test('a subdomain has its parent’s DMARC', async () => {
    const findings = await check((zone) => {
      zone.delete('_dmarc.news.example.org');
      zone.set('_dmarc.example.org', [['v=DMARC1; p=reject']]);
    });
    expect(findings).toContainEqual('ok DMARC of news.example.org: v=DMARC1; p=reject');
  });

  test('a signature of another domain is told', async () => {
    const findings = await check(() => {}, { DKIM_DOMAIN: 'example.com' });
    expect(findings).toContainEqual(expect.stringMatching(/^warn DKIM alignment/));
  });
});

test('keys are made once, are their owner’s only, and are read back', async () => {
  const { mail } = configOf(aFolder());
  const first = await createDkimKeys(mail.dkimDirectory, 'news.example.org', 's1');
  const second = await createDkimKeys(mail.dkimDirectory, 'news.example.org', 's1');
  expect([first.wasMade, second.wasMade]).toEqual([true, false]);
  const read = await readDkimKeys(mail);
  expect(read.map(({ domain, selector }) => [domain, selector])).toEqual([
    ['news.example.org', 's1'],
    ['news.example.org', 's1-ed25519'],
  ]);
  expect(read.map(({ privateKey }) => toPublicKey(privateKey))).toEqual(
    first.keys.map(({ privateKey }) => toPublicKey(privateKey)),
  );
  expect(statSync(join(mail.dkimDirectory, 's1.rsa.pem')).mode & 0o777).toBe(0o600);
});

test('a selector without keys stops the start with what to do', async () => {
  await expect(readDkimKeys(configOf(aFolder()).mail)).rejects.toThrow(/mail keys/);
});

test('a record is written in strings of at most 255 characters', () => {
  const text = formatTxt('x'.repeat(600));
  expect(text.match(/"[^"]*"/g)?.map((one) => one.length - 2)).toEqual([255, 255, 90]);
});

describe('the outbox', () => {
  test('holds each message as it would have left, newest first', async () => {
    const folder = join(aFolder(), 'outbox');
    expect(await listOutbox(folder, 10)).toEqual([]);
    const outbox = createOutbox(folder);
    await outbox.submit(aMail({ token: 'one', date: new Date('2026-11-24T07:00:00Z') }));
    await outbox.submit(aMail({ token: 'two', date: new Date('2026-11-25T07:00:00Z') }));
    const names = await listOutbox(folder, 10);
    expect(names).toEqual(['20261125T070000Z_issue.two.eml', '20261124T070000Z_issue.one.eml']);
    const bytes = await findOutboxMessage(folder, names[1] ?? '');
    expect(bytes?.toString()).toMatch(
      /^Return-Path: <bounces\+i\.one\..*\r\nDelivered-To: reader@example\.net\r\nDate: /,
    );
  });

  test.each([['../mail-secret'], ['20261124T070000Z_issue.one.eml/../../x'], ['nothing.eml'], ['']])(
    'has no message %j',
    async (name) => {
      expect(await findOutboxMessage(aFolder(), name)).toBeNull();
    },
  );
});
