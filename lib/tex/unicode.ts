/**
 * A formula as plain text one can read in a mail, a feed or a search result: `$10^{-3}\,M_\odot$` → `10⁻³ M⊙`.
 * It forgives everything: what it does not know stands for itself, without the backslash.
 */

import { knownMacro } from './macros.ts';
import { inAlphabet, toSubscript, toSuperscript } from './math-alphabets.ts';
import { joinPieces as join, type Piece, symbolKind } from './pieces.ts';
import { codePoint, MATH_ACCENTS, OPERATORS, RELATIONS, SYMBOLS } from './symbols.ts';

/** What is nested deeper is left out: no one could read it, and each level costs stack. */
const DEPTH_MAX = 40;
/** Shorthands may be made of shorthands, but not for ever. */
const EXPANSIONS_MAX = 200;

/** Stands on a token; what reads one leaves it on its last. */
type Reader = { readonly tokens: readonly string[]; at: number; depth: number; expansions: number };

const TOKEN = /\\[a-zA-Z]+\*?|\\.|\s+|./gsu;

/** `tex` without its delimiters. Linear in its length. */
export function formulaToUnicode(tex: string): string {
  const reader = { tokens: tex.match(TOKEN) ?? [], at: 0, depth: 0, expansions: 0 };
  const pieces: Piece[] = [];
  while (reader.at < reader.tokens.length) {
    pieces.push(...readPieces(reader));
    reader.at += 1;
  }
  return join(pieces).normalize('NFC');
}

/** Pieces up to the brace that closes this group, or the end; leaves the reader on it. */
function readPieces(reader: Reader): Piece[] {
  const pieces: Piece[] = [];
  for (; reader.at < reader.tokens.length; reader.at += 1) {
    const token = reader.tokens[reader.at] ?? '';
    if (token === '}') break;
    pieces.push(...readToken(reader, token));
  }
  return divided(pieces);
}

/** `a \over b`, `n \choose k`: a command between the halves of its group. */
function divided(pieces: Piece[]): Piece[] {
  const at = pieces.findIndex((piece) => piece.kind === 'divider');
  if (at < 0) return pieces;
  const isFraction = pieces[at]?.text === 'over';
  const [above, below] = [join(pieces.slice(0, at)), join(divided(pieces.slice(at + 1)))];
  return [isFraction ? fraction(above, below) : ordinary(`C(${above}, ${below})`)];
}

function readToken(reader: Reader, token: string): Piece[] {
  if (reader.depth >= DEPTH_MAX) return [];
  reader.depth += 1;
  const pieces = readShallow(reader, token);
  reader.depth -= 1;
  return pieces;
}

function readShallow(reader: Reader, token: string): Piece[] {
  if (token === '{') return readGroup(reader);
  if (token === '^' || token === '_') return [readScript(reader, token)];
  if (token.length > 1 && token.startsWith('\\')) return readCommand(reader, token.slice(1));
  if (/^\s/.test(token))
    return /^\\[a-zA-Z]/.test(reader.tokens[reader.at - 1] ?? '') ? [] : [{ kind: 'blank', text: '' }];
  if (token === ':') return [readColon(reader)];
  if (token === '%' && !/^\d$/.test(reader.tokens[reader.at - 1] ?? '')) return [];
  return [character(token)];
}

/** `a := b` defines, `f: A` describes, `2:1` compares. */
function readColon(reader: Reader): Piece {
  const next = reader.tokens[reader.at + 1] ?? '';
  if (next === '=') {
    reader.at += 1;
    return { kind: 'relation', text: ':=' };
  }
  return /^\s/.test(next) ? { kind: 'closing', text: ': ' } : ordinary(':');
}

function character(token: string): Piece {
  if (/[=<>≤≥≈∼→∈⊂≠≡∝]/.test(token)) return { kind: 'relation', text: token };
  if (/[([]/.test(token)) return { kind: 'opening', text: token };
  if (/[)\]]/.test(token)) return { kind: 'closing', text: token };
  if (/[,;]/.test(token)) return { kind: 'closing', text: `${token} ` };
  if (token === '~') return { kind: 'gap', text: '' };
  if (token === '-') return { kind: 'binary', text: '−' };
  if (token === '+') return { kind: 'binary', text: '+' };
  if (token === "'") return { kind: 'script', text: '′' };
  return ordinary(/[&$\\]/.test(token) ? '' : token);
}

function readGroup(reader: Reader): Piece[] {
  reader.at += 1;
  const pieces = readPieces(reader);
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined && only.kind !== 'gap' ? [only] : [ordinary(join(pieces))];
}

/** The next argument: a group, or one token. */
function readArgument(reader: Reader): string {
  reader.at += 1;
  while (/^\s+$/.test(reader.tokens[reader.at] ?? '')) reader.at += 1;
  const token = reader.tokens[reader.at];
  if (token === undefined || token === '}') {
    reader.at -= 1;
    return '';
  }
  return join(readToken(reader, token));
}

function readScript(reader: Reader, mark: '^' | '_'): Piece {
  const text = readArgument(reader).replaceAll(' ', '');
  const raised =
    mark === '^' ? (raisedSymbol(text) ?? toSuperscript(text)) : (loweredSymbol(text) ?? toSubscript(text));
  return { kind: 'script', text: raised ?? mark + (isSimple(text) ? text : `(${text})`) };
}

function raisedSymbol(text: string): string | null {
  if (text === '∘' || text === '◦') return '°';
  return /^[′″*†‡°]+$/.test(text) || text === '' ? text : null;
}

/** Solar and terrestrial units: M⊙. */
function loweredSymbol(text: string): string | null {
  return /^[⊙⊕]?$/.test(text) ? text : null;
}

/** A sign, a word or a number needs no parentheses behind `^` or `_`. */
function isSimple(text: string): boolean {
  return /^(?:[+−±]?.\p{M}?|[A-Za-z]+|[\d.:]+)$/su.test(text);
}

/** In a fraction or under a root: `a+b` needs parentheses, `2π` and `ln(x)` do not. */
function compound(text: string): string {
  return /^[\p{L}\p{N}\p{M}.′∂∞ℏ√^_]*$|^\([^()]*\)$|^⟨[^⟨⟩]*⟩$|^\|[^|]*\|$/u.test(text) ? text : `(${text})`;
}

function readCommand(reader: Reader, name: string): Piece[] {
  const accent = MATH_ACCENTS.get(name);
  if (accent !== undefined) return [ordinary(accented(readArgument(reader), accent))];
  const relation = RELATIONS.get(name);
  if (relation !== undefined) return [{ kind: 'relation', text: relation }];
  if (OPERATORS.has(name)) return [{ kind: 'operator', text: name === 'bmod' ? 'mod' : name }];
  const structure = Object.hasOwn(STRUCTURES, name) ? STRUCTURES[name] : undefined;
  if (structure !== undefined) return structure(reader);
  const symbol = SYMBOLS.get(name);
  if (symbol !== undefined) return [{ kind: symbolKind(symbol), text: symbol }];
  if (!/^[a-zA-Z]/.test(name)) return escaped(name);
  return readMacro(reader, name);
}

function escaped(name: string): Piece[] {
  if (/^[,;:>\s]/.test(name)) return [{ kind: 'gap', text: '' }];
  if (name === '|') return [ordinary('‖')];
  if (name === '\\') return [{ kind: 'gap', text: '' }];
  return [ordinary(/^[{}%#&$_0-9]$/.test(name) ? name : '')];
}

function readMacro(reader: Reader, name: string): Piece[] {
  const expansion = knownMacro(name);
  reader.expansions += 1;
  if (expansion === null || expansion.startsWith('\\TextOrMath') || reader.expansions > EXPANSIONS_MAX) {
    return [{ kind: name.length > 1 ? 'operator' : 'ordinary', text: name.replace('*', '') }];
  }
  const inner = expansion.includes('#1') ? expansion.replace('#1', () => readArgument(reader)) : expansion;
  const body = { ...reader, tokens: inner.match(TOKEN) ?? [], at: 0 };
  // A shorthand for a command that takes arguments (`\ov` for `\overline`) takes them from here.
  if (/^\\[a-zA-Z]+$/.test(inner)) return readCommand(reader, inner.slice(1));
  return readPieces(body);
}

const STRUCTURES: Readonly<Record<string, (reader: Reader) => Piece[]>> = {
  ...each('frac dfrac tfrac cfrac sfrac nicefrac', (reader) => {
    const [above, below] = [readArgument(reader), readArgument(reader)];
    return [fraction(above, below)];
  }),
  ...each('binom dbinom tbinom', (reader) => [
    ordinary(`C(${readArgument(reader)}, ${readArgument(reader)})`),
  ]),
  ...each('overset underset stackrel', (reader) => {
    readArgument(reader);
    return [{ kind: 'relation', text: readArgument(reader) }];
  }),
  ...each('sqrt', readRoot),
  ...each('mathbb Bbb mathds mathbbm', (reader) => [
    ordinary(inAlphabet(readArgument(reader), 'double-struck')),
  ]),
  ...each(
    'text mbox hbox textrm textit textbf textsf texttt textsc textnormal textup emph fbox',
    (reader) => [ordinary(readVerbatim(reader))],
  ),
  ...each('operatorname operatorname* mathop', (reader) => [
    { kind: 'operator', text: readArgument(reader) },
  ]),
  ...each(
    'mathcal mathscr mathfrak mathbf mathrm mathsf mathtt mathit mathnormal boldsymbol bm pmb bold',
    (reader) => [ordinary(readArgument(reader))],
  ),
  ...each('xrightarrow xlongrightarrow', (reader) => {
    readArgument(reader);
    return [{ kind: 'relation', text: '→' }];
  }),
  ...each('xleftarrow', (reader) => {
    readArgument(reader);
    return [{ kind: 'relation', text: '←' }];
  }),
  ...each('label tag ref eqref cite citep citet color vspace hspace phantom begin end footnote', (reader) => {
    readVerbatim(reader);
    return [];
  }),
  ...each('textcolor href', (reader) => {
    readVerbatim(reader);
    return [ordinary(readArgument(reader))];
  }),
  ...each('not', (reader) => [{ kind: 'relation', text: accented(readArgument(reader).trim(), '\u0338') }]),
  colon: () => [{ kind: 'closing', text: ': ' }],
  ...each('quad qquad space enspace thinspace', () => [{ kind: 'gap', text: '' }]),
  over: () => [{ kind: 'divider', text: 'over' }],
  choose: () => [{ kind: 'divider', text: 'choose' }],
  pmod: (reader) => [{ kind: 'gap', text: '' }, ordinary(`(mod ${readArgument(reader)})`)],
  unicode: (reader) => [ordinary(codePoint(readVerbatim(reader)))],
  ...each(
    `left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr Biggl Biggr displaystyle textstyle
    scriptstyle scriptscriptstyle limits nolimits rm bf it sf tt sl sc em cal frak mit scr Bbb* tiny scriptsize small
    footnotesize normalsize large Large boldmath nonumber notag ensuremath mathord mathbin mathrel mathopen mathclose
    mathpunct mathinner smash hphantom vphantom mathstrut strut hline overbrace underbrace boxed substack atop`,
    () => [],
  ),
};

function readRoot(reader: Reader): Piece[] {
  let degree = '';
  if (reader.tokens[reader.at + 1] === '[') {
    const option = reader.tokens.slice(reader.at + 2, reader.at + 12);
    const length = option.indexOf(']');
    if (length >= 0) {
      degree = option.slice(0, length).join('');
      reader.at += length + 2;
    }
  }
  // `\sqrt(x)` takes the bracket alone, which is not what its author meant.
  const radicand = reader.tokens[reader.at + 1] === '(' ? '' : compound(readArgument(reader));
  return [ordinary(`${toSuperscript(degree) ?? degree}√${radicand}`)];
}

/** The argument with its spaces: `\text{if } x`. */
function readVerbatim(reader: Reader): string {
  while (/^\s+$/.test(reader.tokens[reader.at + 1] ?? '')) reader.at += 1;
  if (reader.tokens[reader.at + 1] !== '{') return readArgument(reader);
  reader.at += 1;
  let depth = 0;
  let text = '';
  for (; reader.at < reader.tokens.length; reader.at += 1) {
    const token = reader.tokens[reader.at] ?? '';
    if (token === '{') depth += 1;
    else if (token === '}') depth -= 1;
    else if (/^\\[a-zA-Z]/.test(token)) text += SYMBOLS.get(token.slice(1)) ?? '';
    else text += /^\\./.test(token) ? token.slice(1) : token.replace('$', '').replace('~', ' ');
    if (depth === 0) break;
  }
  return text;
}

/** A combining accent over one letter; over several there is no way to write it. */
function accented(text: string, accent: string): string {
  const isOneLetter = [...text.normalize('NFC')].length === 1;
  if (!isOneLetter) return text;
  return (text === 'ı' ? 'i' : text === 'ȷ' ? 'j' : text) + accent;
}

function fraction(above: string, below: string): Piece {
  return { kind: 'fraction', text: `${compound(above)}/${compound(below)}` };
}

function ordinary(text: string): Piece {
  return { kind: 'ordinary', text };
}

function each(names: string, read: (reader: Reader) => Piece[]): Record<string, (reader: Reader) => Piece[]> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, read]));
}
