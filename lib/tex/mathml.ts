/**
 * KaTeX's MathML, made fit for a page that has neither KaTeX's style sheet nor its fonts.
 *
 * Browsers implement MathML Core (https://www.w3.org/TR/mathml-core/), KaTeX writes MathML 3: letters get their own
 * Unicode characters for lack of `mathvariant`, elements Core lacks become rows, the TeX annotation goes (half the
 * weight of a page), and of attributes only those pass that Core knows and no page could be harmed by.
 */

import { escapeHtml } from '#lib/escape.ts';
import { inAlphabet, isMathVariant } from './math-alphabets.ts';

type Element = { readonly tag: string; readonly attributes: Map<string, string>; children: Node[] };
type Node = Element | string;

const LEAVES = new Set('mi mn mo mtext'.split(' '));
const ELEMENTS = new Set(
  `mspace mrow mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup munder mover munderover mtable mtr mtd`.split(
    ' ',
  ),
);
/** Children of these stand side by side, so that a row within may be dissolved and neighbours joined. */
const ROWS = new Set('math mrow msqrt mstyle mpadded mphantom mtd'.split(' '));
/** `mathcolor` and `mathbackground` are left out: colours are the page's business. */
const ATTRIBUTES = new Set(
  `accent accentunder columnalign depth displaystyle height largeop linethickness lspace maxsize minsize movablelimits
  rspace scriptlevel stretchy voffset width`.split(/\s+/),
);
const PLAIN_VALUE = /^[\w.+% -]{1,60}$/;

/** The space TeX puts around a named operator, as in `n log n`; browsers put none around U+2061. */
const OPERATOR_SPACE: Element = { tag: 'mspace', attributes: new Map([['width', '.17em']]), children: [] };
const FUNCTION_APPLICATION = '\u2061';

/**
 * `markup` is KaTeX's output for one formula (`output: 'mathml'`). Returns the children of `<math>`, as HTML; null
 * when it does not have the expected form.
 */
export function toCoreMathml(markup: string): string | null {
  const root = readMarkup(markup);
  const semantics = root === null ? null : find(find(root, 'math'), 'semantics');
  const body = semantics?.children[0];
  if (body === undefined || typeof body === 'string') return null;
  return tidyChildren({ tag: 'math', attributes: new Map(), children: [body] })
    .map(write)
    .join('');
}

const TOKEN = /<(\/?)([a-z]+)((?:\s[a-zA-Z-]+="[^"]*")*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([a-zA-Z-]+)="([^"]*)"/g;

/** Reads the well-formed markup that KaTeX writes; null for any other. */
function readMarkup(markup: string): Element | null {
  const root: Element = { tag: '', attributes: new Map(), children: [] };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < markup.length) {
    const [, closing, tag, attributes = '', selfClosing, text] = TOKEN.exec(markup) ?? [];
    const parent = open.at(-1);
    if (parent === undefined) return null;
    if (text !== undefined) parent.children.push(unescapeText(text));
    else if (tag === undefined) return null;
    else if (closing === '/') open.pop();
    else {
      const pairs = [...attributes.matchAll(ATTRIBUTE)].map(
        ([, name = '', value = '']) => [name, value] as const,
      );
      const element: Element = { tag, attributes: new Map(pairs), children: [] };
      parent.children.push(element);
      if (selfClosing !== '/') open.push(element);
    }
  }
  return open.length === 1 ? root : null;
}

function find(parent: Element | undefined, tag: string): Element | undefined {
  for (const child of parent?.children ?? []) {
    if (typeof child === 'string') continue;
    const found = child.tag === tag ? child : find(child, tag);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tidy(node: Node): Node {
  if (typeof node === 'string') return node;
  const isLeaf = LEAVES.has(node.tag) && node.children.every((child) => typeof child === 'string');
  if (isLeaf) return tidyLeaf(node, node.children.join(''));
  const tag = ELEMENTS.has(node.tag) ? node.tag : 'mrow';
  const element = { tag, attributes: safeAttributes(node), children: tidyChildren({ ...node, tag }) };
  const [only] = element.children;
  const isBareRow = tag === 'mrow' || (tag === 'mstyle' && element.attributes.size === 0);
  if (isBareRow && element.children.length === 1 && only !== undefined) return only;
  return isBareRow ? { ...element, tag: 'mrow' } : element;
}

function tidyChildren(parent: Element): Node[] {
  const children = parent.children.map(tidy);
  if (!ROWS.has(parent.tag)) return children;
  const isWholeRow = children.length === 1 && typeof children[0] === 'object' && children[0].tag === 'mrow';
  const row = isWholeRow && typeof children[0] === 'object' ? children[0].children : children;
  return spaceOperators(joinLetters(row));
}

function tidyLeaf({ tag, attributes }: Element, text: string): Element {
  const variant = attributes.get('mathvariant');
  const kept = safeAttributes({ tag, attributes, children: [] });
  if (variant === 'normal' && tag === 'mi') kept.set('mathvariant', 'normal');
  const styled = variant !== undefined && isMathVariant(variant) ? inAlphabet(text, variant) : text;
  return { tag, attributes: kept, children: [styled] };
}

function safeAttributes({ attributes }: Element): Map<string, string> {
  return new Map([...attributes].filter(([name, value]) => ATTRIBUTES.has(name) && PLAIN_VALUE.test(value)));
}

/** `<mi>G</mi><mi>e</mi><mi>V</mi>`, upright, is one word; an `mi` of several letters is upright by itself. */
function joinLetters(row: readonly Node[]): Node[] {
  const joined: Node[] = [];
  for (const node of row) {
    const last = joined.at(-1);
    const [before, after] = [uprightWord(last), uprightWord(node)];
    if (before !== null && after !== null) {
      joined[joined.length - 1] = {
        tag: 'mi',
        attributes: new Map([['mathvariant', 'normal']]),
        children: [before + after],
      };
    } else joined.push(node);
  }
  return joined;
}

function uprightWord(node: Node | undefined): string | null {
  if (node === undefined || typeof node === 'string' || node.tag !== 'mi') return null;
  const text = node.children.join('');
  return node.attributes.get('mathvariant') === 'normal' && /^\p{L}+$/u.test(text) ? text : null;
}

/** Puts spaces in the place of U+2061 and before the operator that it follows. */
function spaceOperators(row: readonly Node[]): Node[] {
  const spaced: Node[] = [];
  for (const [at, node] of row.entries()) {
    const next = row[at + 1];
    if (isApplication(next) && needsSpace(row[at - 1])) spaced.push(OPERATOR_SPACE);
    if (!isApplication(node)) spaced.push(node);
    else if (needsSpace(next)) spaced.push(OPERATOR_SPACE);
  }
  return spaced;
}

function isApplication(node: Node | undefined): boolean {
  return typeof node === 'object' && node.tag === 'mo' && node.children.join('') === FUNCTION_APPLICATION;
}

/** Operators bring their own space, and so do the fences. */
function needsSpace(neighbour: Node | undefined): boolean {
  return (
    typeof neighbour === 'object' &&
    neighbour.tag !== 'mo' &&
    neighbour.tag !== 'mspace' &&
    !isFenced(neighbour)
  );
}

function isFenced(node: Element): boolean {
  const [first] = node.children;
  return node.tag === 'mrow' && typeof first === 'object' && first.tag === 'mo';
}

function write(node: Node): string {
  if (typeof node === 'string') return escapeHtml(node);
  const { tag, children } = node;
  let attributes = '';
  for (const [name, value] of node.attributes) {
    const isDefault = name === 'mathvariant' && [...children.join('')].length !== 1;
    if (!isDefault) attributes += ` ${name}="${value}"`;
  }
  return `<${tag}${attributes}>${children.map(write).join('')}</${tag}>`;
}

/** Undoes KaTeX's own escaping. */
function unescapeText(markup: string): string {
  if (!markup.includes('&')) return markup;
  return markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}
