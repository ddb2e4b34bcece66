/** Setting the pieces of a formula side by side in plain text, with space where a reader wants it. */

/**
 * How a piece stands to its neighbours. Relations have space around them; operators (`log`) and fractions towards
 * operands; binary signs when their author left one; scripts cling to what precedes. A space within a formula means
 * nothing to TeX (a `blank`) unless it was asked for (a `gap`), but between two letters authors mean it all the same.
 */
export type Kind =
  | 'ordinary'
  | 'relation'
  | 'operator'
  | 'binary'
  | 'fraction'
  | 'script'
  | 'opening'
  | 'closing'
  | 'gap'
  | 'blank'
  | 'divider';
export type Piece = { readonly kind: Kind; readonly text: string };

/** The kind of a symbol that is no relation. */
export function symbolKind(symbol: string): Kind {
  if (/^[∑∏∐∫∬∭∮⋂⋃⋁⋀⨁⨂⨀⨄⨆]$/u.test(symbol)) return 'operator';
  if (/^[×÷±∓⊕⊖⊗⊘⊙⊠⊞∩∪⊓⊔⊎∨∧∖≀⋉⋊∘·⋆]$/u.test(symbol)) return 'binary';
  if (symbol === '⟨' || symbol === '⌊' || symbol === '⌈') return 'opening';
  return symbol === '⟩' || symbol === '⌋' || symbol === '⌉' ? 'closing' : 'ordinary';
}

/** One line, single-spaced, trimmed. */
export function joinPieces(pieces: readonly Piece[]): string {
  let text = '';
  let previous: Kind = 'opening';
  let isBlank = false;
  let isWide = false;
  /** `k_B` and `T` must not become `k_BT`. */
  let isWrittenScript = false;
  for (const { kind, text: piece } of pieces) {
    isBlank ||= kind === 'blank';
    if (kind === 'blank' || (piece === '' && kind !== 'gap')) continue;
    if (kind === 'binary') isWide = isBlank && previous !== 'relation' && previous !== 'opening';
    const isTight = isWrittenScript && kind === 'ordinary';
    if (isTight || isSpaced(previous, kind, { isBlank, isWide })) text += ' ';
    isWrittenScript = kind === 'script' && /^[_^]/.test(piece);
    text += piece;
    previous = kind === 'script' ? previous : kind === 'gap' ? 'opening' : kind;
    isBlank = false;
  }
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ([),;\]⟩])/g, '$1')
    .trim();
}

/** `isWide`: the binary sign at hand had a space before it in the source. */
function isSpaced(
  left: Kind,
  right: Kind,
  { isBlank, isWide }: { isBlank: boolean; isWide: boolean },
): boolean {
  if (right === 'script') return false;
  if (right === 'gap') return true;
  if (left === 'opening' || right === 'closing') return false;
  if (left === 'relation' || right === 'relation') return true;
  if (left === 'binary' || right === 'binary') return isWide;
  if (right === 'operator' || right === 'fraction') return true;
  if (left === 'operator') return right !== 'opening';
  return left === 'fraction' || (isBlank && left === 'ordinary' && right === 'ordinary');
}
