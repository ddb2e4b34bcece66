import { expect, test } from 'vitest';
import {
  childOf,
  childrenOf,
  childText,
  describeRejection,
  parseXml,
  textOf,
  XML_LIMITS,
  type XmlElement,
} from '#lib/ingest/xml.ts';

function rootOf(source: string | Uint8Array): XmlElement {
  const outcome = parseXml(source);
  if (outcome.kind === 'rejected') throw new Error(describeRejection(outcome));
  return outcome.root;
}

test('names are resolved to their namespaces, and attributes kept as written', () => {
  const root = rootOf('<a xmlns="urn:one" xmlns:t="urn:two"><t:b t:c="1" d="2"/><b xmlns=""/><xml:b/></a>');
  const [two, none, xml] = root.children as XmlElement[];
  expect([root.namespace, two?.namespace, none?.namespace, xml?.namespace]).toEqual([
    'urn:one',
    'urn:two',
    '',
    'http://www.w3.org/XML/1998/namespace',
  ]);
  expect(Object.fromEntries(two?.attributes ?? [])).toEqual({ 't:c': '1', d: '2' });
});

test('a prefix bound to nothing puts its names in no namespace, and rejects nothing', () => {
  const root = rootOf('<feed xmlns="urn:one"><dc:creator>Ada</dc:creator></feed>');
  expect(childText(root, '', 'creator')).toBe('Ada');
  expect(childOf(root, 'urn:one', 'creator')).toBeNull();
});

test('text keeps its order across elements, CDATA and references', () => {
  const root = rootOf('<a>one <b>two</b><!-- no --> &amp;<![CDATA[ <three> ]]>&#x1F600;</a>');
  expect(textOf(root)).toBe('one two & <three> 😀');
});

test('children are found by name and namespace, in order', () => {
  const root = rootOf('<a><b>1</b><c/><b>2</b></a>');
  expect(childrenOf(root, '', 'b').map(textOf)).toEqual(['1', '2']);
  expect(childText(root, '', 'b')).toBe('1');
  expect(childText(root, '', 'd')).toBeNull();
});

test.each([
  ['nothing', '', 'root element'],
  ['only white space', ' \n ', 'root element'],
  ['no XML', 'Rate exceeded.', 'text data outside of root node'],
  ['a cut document', '<a><b>text', 'unclosed tag'],
  ['crossed tags', '<a><b></a></b>', 'unexpected close tag'],
  ['two roots', '<a/><b/>', 'only one root'],
  ['a bare ampersand', '<a>R&D;</a>', 'undefined entity'],
  ['an attribute twice', '<a b="1" b="2"/>', 'duplicate attribute'],
  ['NUL', '<a>\0</a>', 'disallowed character'],
  ['a reference to NUL', '<a>&#0;</a>', 'malformed character entity'],
  ['a reference to half a surrogate pair', '<a>&#xD800;</a>', 'malformed character entity'],
  ['half a surrogate pair', '<a>\ud83d</a>', 'surrogate'],
  ['half a surrogate pair at the very end', '<!DOCTYPE a \ud83d', 'surrogate'],
  ['a name of the language', '<a>&constructor;</a>', 'undefined entity'],
])('%s is rejected with a reason', (_, source, reason) => {
  expect(parseXml(source)).toMatchObject({ kind: 'rejected', reason: expect.stringContaining(reason) });
});

test('a rejection names line and column of the first error', () => {
  expect(parseXml('<a>\n  <b>\n  </c>\n</a>')).toMatchObject({ line: 3, column: 6 });
  expect(parseXml('<a>\nab\ud83d</a>')).toMatchObject({ line: 2, column: 3 });
});

test('a reason stays short, however long the name that caused it', () => {
  const outcome = parseXml(`<a></${'b'.repeat(100_000)}>`);
  expect(outcome).toMatchObject({ kind: 'rejected' });
  expect(JSON.stringify(outcome).length).toBeLessThan(1_000);
});

const LAUGHS = `<!DOCTYPE a [<!ENTITY l "lol">${Array.from(
  { length: 20 },
  (_, level) => `<!ENTITY l${level} "${`&l${level === 0 ? '' : level - 1};`.repeat(10)}">`,
).join('')}]><a>&l19;</a>`;

test.each([
  ['a billion laughs', LAUGHS],
  ['an entity of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['a file', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['a remote address', '<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1:9/">]><a>&b;</a>'],
])('%s expands to nothing and is fetched from nowhere', (_, source) => {
  expect(parseXml(source)).toMatchObject({ kind: 'rejected', reason: 'undefined entity.' });
});

test('a document type is skipped where nothing of it is used', () => {
  expect(rootOf('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd" [<!ENTITY b "c">]><a>d</a>').name).toBe('a');
});

test('size, depth and number of nodes have limits', () => {
  const limits = { sizeMax: 100, depthMax: 3, nodesMax: 10 };
  const reasonOf = (source: string) => {
    const outcome = parseXml(source, limits);
    return outcome.kind === 'rejected' ? outcome.reason : 'accepted';
  };
  expect(reasonOf(`<a>${'b'.repeat(100)}</a>`)).toBe('larger than 100');
  expect(reasonOf('<a><a><a></a></a></a>')).toBe('accepted');
  expect(reasonOf('<a><a><a><a/></a></a></a>')).toBe('more than 3 levels deep');
  expect(reasonOf(`<a>${'<b/>'.repeat(9)}</a>`)).toBe('accepted');
  expect(reasonOf(`<a>${'<b/>'.repeat(10)}</a>`)).toBe('more than 10 nodes');
  expect(reasonOf('<a b="" c="" d="" e="" f="" g="" h="" i="" j="" k=""/>')).toBe('more than 10 nodes');
});

test('a document of millions of elements ends at the limit', { timeout: 60_000 }, () => {
  expect(parseXml(`<a>${'<b/>'.repeat(1_000_000)}</a>`)).toMatchObject({ reason: 'more than 1000000 nodes' });
  expect(parseXml('<a>'.repeat(5_000_000))).toMatchObject({ reason: 'more than 100 levels deep' });
  expect(parseXml(' '.repeat(XML_LIMITS.sizeMax + 1))).toMatchObject({ reason: 'larger than 33554432' });
});

const utf16 = (text: string, isBigEndian: boolean) => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
};

test.each<[string, Uint8Array]>([
  ['UTF-8', Buffer.from('<a>é😀</a>')],
  ['UTF-8 with a mark', Buffer.from('\ufeff<a>é😀</a>')],
  ['UTF-16LE with a mark', utf16('\ufeff<a>é😀</a>', false)],
  ['UTF-16BE with a mark', utf16('\ufeff<a>é😀</a>', true)],
  ['UTF-16LE without a mark', utf16('<?xml version="1.0"?><a>é😀</a>', false)],
  ['UTF-16BE without a mark', utf16('<?xml version="1.0"?><a>é😀</a>', true)],
  ['a mark against the declaration', Buffer.from('\ufeff<?xml version="1.0" encoding="koi8-r"?><a>é😀</a>')],
])('bytes in %s are read', (_, bytes) => {
  expect(textOf(rootOf(bytes))).toBe('é😀');
});

test('a declared encoding is honoured', () => {
  const bytes = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', 'latin1');
  expect(textOf(rootOf(bytes))).toBe('é');
  const russian = Buffer.from([
    ...Buffer.from("<?xml version='1.0' encoding='koi8-r'?><a>"),
    0xc1,
    0x3c,
    0x2f,
    0x61,
    0x3e,
  ]);
  expect(textOf(rootOf(russian))).toBe('а');
});

test.each<[string, Uint8Array, string]>([
  ['bytes that are not of their encoding', Buffer.from('<a>\n\xe9</a>', 'latin1'), 'not utf-8'],
  [
    'an encoding nobody knows',
    Buffer.from('<?xml version="1.0" encoding="x-none"?><a/>'),
    'x-none is unknown',
  ],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), 'utf-32 is unknown'],
])('%s are rejected', (_, bytes, reason) => {
  expect(parseXml(bytes)).toMatchObject({ kind: 'rejected', reason: expect.stringContaining(reason) });
});

test('a replacement character that was sent as such is no error', () => {
  expect(textOf(rootOf(Buffer.from('<a>\ufffd</a>')))).toBe('\ufffd');
});
