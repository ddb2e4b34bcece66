/**
 * XML from strangers, as a small tree or a rejection that says where and why.
 *
 * Strict where leniency would lose data in silence, lenient where it cannot: whatever XML 1.0 calls a fatal error
 * rejects the whole document, since a cut or damaged page must never pass for a whole one; a prefix bound to no
 * namespace (an error only to Namespaces in XML) merely puts its names in no namespace. Document types are skipped
 * unread: no entity but the five of XML itself has a value, so none expands and none is fetched.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { toExcerpt } from '#lib/text/storable-text.ts';

export type XmlElement = {
  /** Namespace URI; empty for none. */
  readonly namespace: string;
  /** Without prefix. */
  readonly name: string;
  /** By name as written, prefix included. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements and runs of text, in document order. Comments and processing instructions are left out. */
  readonly children: readonly (XmlElement | string)[];
};

export type XmlRejection = {
  readonly kind: 'rejected';
  readonly reason: string;
  /** 1-based place of the first error. */
  readonly line: number;
  readonly column: number;
};

export type XmlOutcome = { readonly kind: 'document'; readonly root: XmlElement } | XmlRejection;

export type XmlLimits = {
  /** Bytes, or UTF-16 units of a text already decoded. */
  readonly sizeMax: number;
  readonly depthMax: number;
  /** Elements, attributes and runs of text together. A page of 2,500 OAI records has about 200,000. */
  readonly nodesMax: number;
};

export const XML_LIMITS: XmlLimits = { sizeMax: 32 * 1024 * 1024, depthMax: 100, nodesMax: 1_000_000 };

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

type Scope = ReadonlyMap<string, string>;
type OpenElement = { element: XmlElement; children: (XmlElement | string)[]; scope: Scope };

/** Takes time and memory linear in the size of `source`, within the limits. Never throws. */
export function parseXml(source: string | Uint8Array, limits: XmlLimits = XML_LIMITS): XmlOutcome {
  if (source.length > limits.sizeMax) return rejectionAt('', 0, `larger than ${limits.sizeMax}`);
  const decoded = typeof source === 'string' ? { kind: 'text' as const, text: source } : decodeXml(source);
  if (decoded.kind === 'undecodable') return rejectionAt(decoded.text, decoded.at, decoded.reason);
  if (!decoded.text.isWellFormed()) {
    return rejectionAt(decoded.text, decoded.text.search(/\p{Surrogate}/u), 'half a surrogate pair');
  }
  return parseText(decoded.text, limits);
}

/** The first child element of that name. */
export function childOf(element: XmlElement, namespace: string, name: string): XmlElement | null {
  for (const child of element.children) if (isNamed(child, namespace, name)) return child;
  return null;
}

export function childrenOf(element: XmlElement, namespace: string, name: string): XmlElement[] {
  return element.children.filter((child) => isNamed(child, namespace, name));
}

/** All text within, in document order, as it stands. Depth is bounded by the document's. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** The text of the first child of that name; null when there is no such child. */
export function childText(element: XmlElement, namespace: string, name: string): string | null {
  const child = childOf(element, namespace, name);
  return child === null ? null : textOf(child);
}

/** `line 3, column 7: unclosed tag: feed.` */
export function describeRejection(rejection: XmlRejection): string {
  return `line ${rejection.line}, column ${rejection.column}: ${rejection.reason}`;
}

function isNamed(child: XmlElement | string, namespace: string, name: string): child is XmlElement {
  return typeof child !== 'string' && child.name === name && child.namespace === namespace;
}

function parseText(text: string, limits: XmlLimits): XmlOutcome {
  const parser = new SaxesParser();
  const builder = treeBuilder(limits);
  parser.on('opentag', builder.open);
  parser.on('closetag', builder.close);
  parser.on('text', builder.addText);
  parser.on('cdata', builder.addText);
  try {
    // Without a handler for errors the parser throws at the first one.
    parser.write(text.startsWith('\ufeff') ? text.slice(1) : text).close();
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^\d+:\d+: /, '') : 'unreadable';
    return {
      kind: 'rejected',
      reason: toExcerpt(reason),
      line: parser.line,
      column: Math.max(parser.column, 1),
    };
  }
  const root = builder.root();
  return root === null ? rejectionAt('', 0, 'no element') : { kind: 'document', root };
}

function treeBuilder(limits: XmlLimits) {
  const opened: OpenElement[] = [];
  let root: XmlElement | null = null;
  let nodes = 0;
  const count = (added: number) => {
    nodes += added;
    if (nodes > limits.nodesMax) throw new Error(`more than ${limits.nodesMax} nodes`);
  };
  return {
    root: () => root,
    open: (tag: SaxesTagPlain) => {
      const attributes = Object.entries(tag.attributes);
      count(1 + attributes.length);
      if (opened.length >= limits.depthMax) throw new Error(`more than ${limits.depthMax} levels deep`);
      const parent = opened.at(-1);
      const next = toOpenElement(tag.name, attributes, parent?.scope ?? ROOT_SCOPE);
      if (parent === undefined) root = next.element;
      else parent.children.push(next.element);
      opened.push(next);
    },
    close: () => void opened.pop(),
    addText: (text: string) => {
      count(1);
      opened.at(-1)?.children.push(text);
    },
  };
}

const ROOT_SCOPE: Scope = new Map([['xml', XML_NAMESPACE]]);
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

function toOpenElement(qualifiedName: string, attributes: [string, string][], outer: Scope): OpenElement {
  const scope = innerScope(attributes, outer);
  const colon = qualifiedName.indexOf(':');
  const children: (XmlElement | string)[] = [];
  const element = {
    namespace: scope.get(qualifiedName.slice(0, Math.max(colon, 0))) ?? '',
    name: qualifiedName.slice(colon + 1),
    attributes: attributes.length === 0 ? NO_ATTRIBUTES : new Map(attributes),
    children,
  };
  return { element, children, scope };
}

/** Prefix → namespace; the default namespace is that of the empty prefix. */
function innerScope(attributes: readonly [string, string][], outer: Scope): Scope {
  if (attributes.length === 0) return outer;
  const declared = attributes.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(([name, uri]) => [name.slice(6), uri] as const)]);
}

function rejectionAt(text: string, at: number, reason: string): XmlRejection {
  const before = text.slice(0, at).split('\n');
  return { kind: 'rejected', reason, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  /** `at`: character at which the bytes stopped making sense, in `text` as far as it could be read. */
  | { readonly kind: 'undecodable'; readonly reason: string; readonly text: string; readonly at: number };

/** How much of a document is searched for its declaration, which must come first. */
const DECLARATION_BYTES_MAX = 512;
const DECLARED = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;

/** Marks, and the two ways in which `<?` shows UTF-16 without one. UTF-32 starts like UTF-16, so it comes first. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe, 0, 0], 'utf-32'],
  [[0, 0, 0xfe, 0xff], 'utf-32'],
  [[0x3c, 0, 0, 0], 'utf-32'],
  [[0, 0, 0, 0x3c], 'utf-32'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0, 0x3c, 0, 0x3f], 'utf-16be'],
  [[0x3c, 0, 0x3f, 0], 'utf-16le'],
];

/** Never throws: an encoding nobody knows, and bytes that are none of its own, are outcomes. */
export function decodeXml(bytes: Uint8Array): Decoded {
  const encoding = signatureOf(bytes) ?? declaredEncoding(bytes) ?? 'utf-8';
  const text = decode(bytes, encoding, false);
  if (text === null) {
    return { kind: 'undecodable', reason: `the encoding ${encoding} is unknown`, text: '', at: 0 };
  }
  // The lenient reading is the fast one; only where it had to replace something is it worth asking why.
  const at = text.indexOf('\ufffd');
  if (at === -1 || decode(bytes, encoding, true) !== null) return { kind: 'text', text };
  return { kind: 'undecodable', reason: `the bytes are not ${encoding}`, text, at };
}

function signatureOf(bytes: Uint8Array): string | null {
  const found = SIGNATURES.find(([signature]) => signature.every((byte, index) => bytes[index] === byte));
  return found?.[1] ?? null;
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, DECLARATION_BYTES_MAX));
  return DECLARED.exec(start)?.[1]?.toLowerCase() ?? null;
}

function decode(bytes: Uint8Array, encoding: string, isFatal: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: isFatal }).decode(bytes);
  } catch {
    // RangeError for a label nobody knows, TypeError for bytes that are not of that encoding.
    return null;
  }
}
