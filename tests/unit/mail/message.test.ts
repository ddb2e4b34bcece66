import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';

import { parseMailbox, parseMessageId, toHeaderText } from '#lib/mail/message.ts';
import { parseReturnAddress, toReturnAddress } from '#lib/mail/return-path.ts';
import { signDkim } from '#lib/mail/sending/dkim.ts';
import { toPublicKey } from '#lib/mail/sending/dkim-store.ts';
import { toBytes, toMime, toMimeHeaders } from '#lib/mail/sending/mime.ts';
import { aMail, anAddress, IDENTITY } from '../../support/mail.ts';
import { recordedData } from '../../support/mail-data.ts';

const NAUGHTY = join(recordedData, 'hostile/naughty-strings.json');
const naughty: string[] = existsSync(NAUGHTY) ? JSON.parse(readFileSync(NAUGHTY, 'utf8')) : [];

const INJECTIONS = [
  'a\r\nBcc: eve@example.org',
  'a\nBcc: eve@example.org',
  'a\rBcc: eve@example.org',
  'a\u2028Bcc: eve@example.org',
  'a\0b',
  'a\u202etxt.exe',
  'a\ud800',
  '=?utf-8?Q?a=0D=0ABcc:=20eve@example.org?=',
  `a ${'b'.repeat(2_000)}`,
  ...naughty,
];

describe('the head of a message', () => {
  test('has what mail systems ask of bulk mail', () => {
    expect(toMimeHeaders(aMail())).toMatchInlineSnapshot(`
      [
        "Date: Tue, 24 Nov 2026 07:00:00 +0000",
        "From: Paperboy <paperboy@example.org>",
        "To: <reader@example.net>",
        "Subject: Trending, 24 Nov: a paper and 9 more",
        "Message-ID: <issue.0a1b2c3d@example.org>",
        "List-Id: Paperboy <paperboy.example.org>",
        "List-Unsubscribe: <https://papers.example.org/unsubscribe/abc>,
       <mailto:bounces+u.0a1b2c3d.pjjrk6zafph3wbbj@example.org?subject=unsubscribe>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        "Precedence: list",
        "Feedback-ID: digest:paperboy:example-org",
      ]
    `);
  });

  test('of an opt-in mail can be unsubscribed from as well, and is no list’s', () => {
    const headers = toMimeHeaders(aMail({ kind: 'opt-in' }));
    expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(headers.join('\n')).not.toMatch(/^Precedence:/m);
  });

  test('names one https URI first, and whatever the mail, exactly one', () => {
    const field = toMimeHeaders(aMail()).find((line) => line.startsWith('List-Unsubscribe:'));
    expect(field?.match(/<https:[^>]+>/g)).toEqual(['<https://papers.example.org/unsubscribe/abc>']);
  });

  test('is the same for every attempt', () => {
    expect(toBytes(toMime(aMail())).equals(toBytes(toMime(aMail())))).toBe(true);
  });

  test('of service mail has no list', () => {
    const text = toMimeHeaders(aMail({ kind: 'service', unsubscribeUrl: null })).join('\n');
    expect(text).not.toMatch(/^List-/m);
  });
});

describe('no field can become two', () => {
  test.each(INJECTIONS)('subject %j', async (text) => {
    const mail = aMail({ subject: text, text: `${text}\n`, html: '<p>x</p>' });
    const { headers } = toMime(mail);
    const names = headers.map((field) => field.slice(0, field.indexOf(':')));
    expect(names).toEqual([...new Set(names)]);
    for (const line of headers.join('\r\n').split('\r\n')) {
      expect(line.length).toBeLessThanOrEqual(998);
      expect(line).not.toMatch(/[\0\r\n\u202a-\u202e\u2066-\u2069]/);
    }
    const parsed = await simpleParser(toBytes(toMime(mail)));
    expect(parsed.headers.has('bcc')).toBe(false);
    expect(parsed.subject ?? '').toBe(mail.subject);
  });

  test('a sender’s name neither', async () => {
    for (const text of INJECTIONS) {
      const name = toHeaderText(text);
      const from = { name, address: anAddress('paperboy@example.org') };
      const parsed = await simpleParser(toBytes(toMime(aMail({}, { ...IDENTITY, from }))));
      expect(parsed.from?.value).toHaveLength(1);
      expect(parsed.from?.value[0]).toMatchObject({ address: 'paperboy@example.org', name });
    }
  });

  test.each([
    ['https://papers.example.org/a>\r\nBcc: eve@example.org'],
    ['https://papers.example.org/a> <b'],
    ['https://papers.example.org/ä'],
    ['javascript:alert(1)'],
    ['https://papers.example.org/a b'],
  ])('an unsubscribe address that is none is a mistake of ours: %j', (unsubscribeUrl) => {
    expect(() => toMimeHeaders(aMail({ unsubscribeUrl }))).toThrow(/unsubscribe/);
  });

  test.each([
    ['of many words', 'word '.repeat(60).trim()],
    ['of one long word', 'x'.repeat(290)],
    ['beyond ASCII', 'Grüße und 漢字 '.repeat(20).trim()],
  ])('a long subject %s is folded at spaces, and never right after its name', (_, subject) => {
    const field = toMimeHeaders(aMail({ subject })).find((line) => line.startsWith('Subject: '));
    const [first = '', ...rest] = field?.split('\r\n') ?? [];
    expect(first).toMatch(/^Subject: \S/);
    for (const line of rest) expect(line).toMatch(/^ \S/);
    if (subject.includes(' '))
      for (const line of [first, ...rest]) expect(line.length).toBeLessThanOrEqual(78);
  });

  test('a long unsubscribe address stays in one piece', () => {
    const unsubscribeUrl = `https://papers.example.org/unsubscribe/${'a'.repeat(120)}`;
    const field = toMimeHeaders(aMail({ unsubscribeUrl })).find((line) =>
      line.startsWith('List-Unsubscribe: '),
    );
    expect(field).toMatch(/^List-Unsubscribe: <https:\S+>,\r\n <mailto:\S+>$/);
    expect(field).toContain(unsubscribeUrl);
  });
});

describe('the body', () => {
  const texts = [
    'plain\n',
    'From the beginning\n.\n..\n= equals =3D\ntrailing \t \n',
    `${'x'.repeat(3_000)}\n`,
    'Grüße, 漢字, 🐈 and ∫ f(x) dx ≤ ∞\n',
    `${'ü'.repeat(500)}\n`,
    'a\r\nb\rc\n',
  ];

  test.each(texts.map((text) => [text.slice(0, 30), text] as const))(
    'comes out as it went in: %j',
    async (_, text) => {
      const html = `<!doctype html><p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
      const bytes = toBytes(toMime(aMail({ text, html })));
      const parsed = await simpleParser(bytes);
      // The parser of these tests leaves out the last line end.
      const lines = text.replace(/\r\n?/g, '\n').trimEnd();
      expect(parsed.text?.replace(/[ \t]+$/gm, '')).toBe(lines.replace(/[ \t]+$/gm, ''));
      const shown = String(parsed.html).replace(/&#(\d+);/g, (_, code: string) =>
        String.fromCodePoint(Number(code)),
      );
      expect(shown.replace(/\s+/g, ' ').trim()).toBe(html.replace(/\s+/g, ' ').trim());
    },
  );

  test.each(texts.map((text) => [text.slice(0, 30), text] as const))(
    'travels as short lines of ASCII that end in CRLF: %j',
    (_, text) => {
      const { body } = toMime(aMail({ text, html: `<p>${text}</p>` }));
      expect(body).toMatch(/^[\t\r\n\x20-\x7e]*$/);
      expect(body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      for (const line of body.split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(998);
        expect(line.startsWith('From ')).toBe(false);
      }
    },
  );
});

describe('signatures', () => {
  const keys = [
    {
      domain: 'example.org',
      selector: 's1',
      privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    },
    { domain: 'example.org', selector: 's1-ed25519', privateKey: generateKeyPairSync('ed25519').privateKey },
  ];
  const resolver = async (name: string) => {
    const key = keys.find(({ selector, domain }) => name === `${selector}._domainkey.${domain}`);
    if (key === undefined) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
    const { algorithm, key: published } = toPublicKey(key.privateKey);
    return [[`v=DKIM1; k=${algorithm}; p=${published}`]];
  };
  const signed = async (mail = aMail({ text: 'Grüße  \n\n\n', html: '<p>a  b </p>' })) => {
    const message = toMime(mail);
    const signatures = await signDkim(message, keys, mail.date);
    return toBytes({ ...message, headers: [...signatures, ...message.headers] });
  };

  test('of both kinds verify with another implementation, and cover both unsubscribe fields', async () => {
    const { results } = await dkimVerify(await signed(), { resolver });
    expect(results.map(({ status }) => status.result)).toEqual(['pass', 'pass']);
    expect(results.map(({ algo }) => algo).sort()).toEqual(['ed25519-sha256', 'rsa-sha256']);
    for (const { signingHeaders } of results) {
      const names = signingHeaders?.keys.toLowerCase().split(/:\s*/) ?? [];
      expect(names).toEqual(
        expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post', 'from', 'to', 'subject']),
      );
    }
  });

  test.each([
    ['a changed body', 'Gr=C3=BC=C3=9Fe', 'Gr=C3=BC=C3=9Fi'],
    ['another unsubscribe link', 'unsubscribe/abc', 'unsubscribe/abd'],
    ['no one-click', 'List-Unsubscribe=One-Click', 'List-Unsubscribe=Two-Click'],
    ['a second subject', '\r\nSubject:', '\r\nSubject: Another\r\nSubject:'],
    ['a second sender', '\r\nFrom:', '\r\nFrom: <eve@example.net>\r\nFrom:'],
  ])('fail for %s', async (_, found, changed) => {
    const text = (await signed()).toString('latin1');
    expect(text).toContain(found);
    const { results } = await dkimVerify(Buffer.from(text.replace(found, changed), 'latin1'), { resolver });
    expect(results.map(({ status }) => status.result)).toEqual(
      ['fail', 'fail'].map(() => expect.stringMatching(/fail|neutral/)),
    );
  });

  test('of a message to an international address verify too', async () => {
    const { results } = await dkimVerify(await signed(aMail({ to: anAddress('jürgen@example.net') })), {
      resolver,
    });
    expect(results.map(({ status }) => status.result)).toEqual(['pass', 'pass']);
  });
});

describe('return addresses', () => {
  const { secret, returnPath } = IDENTITY;

  test('say which message came back', () => {
    const mark = { kind: 'issue', token: '0a1b-2c' } as const;
    const address = toReturnAddress(returnPath, mark, secret);
    expect(parseReturnAddress(address, secret)).toEqual(mark);
    expect(parseReturnAddress(address.toUpperCase(), secret)).toEqual(mark);
  });

  test('cannot be forged, changed or carried over to another kind', () => {
    const address = toReturnAddress(returnPath, { kind: 'issue', token: '0a1b2c' }, secret);
    expect(parseReturnAddress(address, 'another secret of ours')).toBeNull();
    expect(parseReturnAddress(address.replace('0a1b2c', '0a1b2d'), secret)).toBeNull();
    expect(parseReturnAddress(address.replace('+i.', '+u.'), secret)).toBeNull();
    expect(parseReturnAddress('bounces@example.org', secret)).toBeNull();
  });

  test('differ for every message', () => {
    const digests = Array.from({ length: 500 }, (_, place) =>
      createHash('sha1')
        .update(toReturnAddress(returnPath, { kind: 'issue', token: `t${place}` }, secret))
        .digest('hex'),
    );
    expect(new Set(digests).size).toBe(500);
  });

  test('fit into 64 octets before the @', () => {
    const address = toReturnAddress(returnPath, { kind: 'issue', token: 'a'.repeat(36) }, secret);
    expect(address.indexOf('@')).toBeLessThanOrEqual(64);
  });
});

test('a Message-ID of ours is read back, any other is not', () => {
  expect(parseMessageId('<issue.0a1b@example.org>')).toEqual({ kind: 'issue', token: '0a1b' });
  expect(parseMessageId('<CAF1234@mail.gmail.com>')).toBeNull();
  expect(parseMessageId('issue.0a1b@example.org> <x')).toBeNull();
});

test.each([
  ['papers@example.org', '', 'papers@example.org'],
  ['Papers of our lab <papers@example.org>', 'Papers of our lab', 'papers@example.org'],
  ['"Papers, all" <papers@example.org>', 'Papers, all', 'papers@example.org'],
])('MAIL_FROM %s', (text, name, address) => {
  expect(parseMailbox(text)).toEqual({ name, address });
});
