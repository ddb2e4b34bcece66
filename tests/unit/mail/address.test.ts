import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { domainOf, isInternational, parseAddress, toAddressKey } from '#lib/mail/address.ts';
import { recordedData } from '../../support/mail-data.ts';

describe('addresses people have', () => {
  test.each([
    ['reader@example.org', 'reader@example.org'],
    ['  Reader@Example.ORG ', 'Reader@example.org'],
    ['first.last+papers@example.co.uk', 'first.last+papers@example.co.uk'],
    ["o'brien@example.org", "o'brien@example.org"],
    ['reader@exämple.net', 'reader@xn--exmple-cua.net'],
    ['reader@EXÄMPLE.net', 'reader@xn--exmple-cua.net'],
    ['reader@例え.テスト', 'reader@xn--r8jz45g.xn--zckzah'],
    ['jürgen@example.org', 'jürgen@example.org'],
    ['ju\u0308rgen@example.org', 'jürgen@example.org'],
    ['用户@例子.广告', '用户@xn--fsqu00a.xn--4rr70v'],
    ['"a b"@example.org', '"a b"@example.org'],
    ['"reader"@example.org', 'reader@example.org'],
    ['reader@localhost', 'reader@localhost'],
  ])('%s', (text, expected) => {
    expect(parseAddress(text)).toBe(expected);
  });
});

describe('what is no address, or none that can be mailed', () => {
  test.each([
    [''],
    ['reader'],
    ['@example.org'],
    ['reader@'],
    ['a@b@example.org'],
    ['reader@example.org\n'],
    ['reader@example.org\r\nBcc: eve@example.org'],
    ['reader\0@example.org'],
    ['reader@exam ple.org'],
    ['reader@[127.0.0.1]'],
    ['reader@127.0.0.1'],
    ['reader@0x7f.1'],
    ['reader@example.org:25'],
    ['reader@example.org/path'],
    ['reader@ex%41mple.org'],
    ['<reader@example.org>'],
    ['Reader <reader@example.org>'],
    ['reader,eve@example.org'],
    ['reader@example.org, eve@example.org'],
    ['re\u202eader@example.org'],
    ['re\u200bader@example.org'],
    ['reader\u00a0@example.org'],
    [`${'ü'.repeat(33)}@example.org`],
    [`reader@${'a'.repeat(64)}.org`],
    [`${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(4)}org`],
  ])('%j', (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});

test('two spellings of one mailbox have one key', () => {
  const keys = ['Reader@Example.org', 'reader@example.org', '"READER"@example.ORG'].map((text) =>
    toAddressKey(parseAddress(text)!),
  );
  expect(new Set(keys).size).toBe(1);
});

test('a domain and the need for an international relay are told', () => {
  expect(domainOf(parseAddress('"a@b"@example.org')!)).toBe('example.org');
  expect(isInternational(parseAddress('reader@exämple.net')!)).toBe(false);
  expect(isInternational(parseAddress('jürgen@example.net')!)).toBe(true);
});

const FILE = join(recordedData, 'hostile/email-addresses.xml');

/**
 * The verdicts of Dominic Sayers' isemail. Categories beyond those here are valid only in a message's header (comments,
 * folding) or obsolete; such addresses are accepted or not, but never kept as they are.
 */
describe.skipIf(!existsSync(FILE))(
  'the collection of 164 addresses (skipped where it is not at hand)',
  () => {
    const cases = existsSync(FILE) ? readCases() : [];

    test('is whole', () => {
      expect(cases).toHaveLength(164);
    });

    test('every valid address is accepted', () => {
      const valid = cases.filter(({ category }) => ['VALID_CATEGORY', 'DNSWARN'].includes(category));
      expect(valid.filter(({ address }) => parseAddress(address) === null)).toEqual([]);
      expect(valid.length).toBeGreaterThan(20);
    });

    test('every quoted local part that mail systems know is accepted', () => {
      const quoted = cases.filter(({ diagnosis }) => diagnosis === 'RFC5321_QUOTEDSTRING');
      expect(quoted.filter(({ address }) => parseAddress(address) === null)).toEqual([]);
    });

    test('every invalid address is refused, and so is what cannot be mailed by name', () => {
      const refused = cases.filter(
        ({ category, diagnosis }) =>
          category === 'ERR' || category === 'RFC5322' || /TLDNUMERIC|LITERAL/.test(diagnosis),
      );
      expect(refused.filter(({ address }) => parseAddress(address) !== null)).toEqual([]);
      expect(refused.length).toBeGreaterThan(80);
    });

    test('whatever is accepted is one line without controls or comments', () => {
      for (const { address } of cases) {
        const parsed = parseAddress(address);
        if (parsed !== null) expect(parsed).toMatch(/^[^\p{C}()]+@[a-z0-9.-]+$/u);
      }
    });
  },
);

function readCases(): { address: string; category: string; diagnosis: string }[] {
  const text = readFileSync(FILE, 'utf8');
  const field = (test: string, name: string) =>
    (new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(test)?.[1] ?? '')
      .replace(/&#x([0-9A-Fa-f]+);/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&')
      // The collection writes control characters as U+2400 + n, so that XML takes them.
      .replace(/[\u2400-\u241f]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0x2400));
  return [...text.matchAll(/<test id="\d+">([\s\S]*?)<\/test>/g)].map(([, test = '']) => ({
    address: field(test, 'address'),
    category: field(test, 'category').replace('ISEMAIL_', ''),
    diagnosis: field(test, 'diagnosis').replace('ISEMAIL_', ''),
  }));
}
