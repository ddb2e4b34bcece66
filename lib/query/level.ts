/**
 * What stands between one pair of parentheses: items side by side or joined by operators, brought into words and filters.
 * The rules are stated in parser.ts.
 */

import type { Operator } from './lexer.ts';
import { and, type Filter, not, or } from './query.ts';
import { quoted, type Span, type Warning, warn } from './warning.ts';

export type Item = {
  readonly kind: 'item';
  readonly filter: Filter;
  /** The bare word that `filter` says, which may be left to best match; null for all else. */
  readonly word: string | null;
  readonly span: Span;
};
export type Element =
  | Item
  | { readonly kind: 'operator'; readonly name: Operator; readonly span: Span }
  /** Parentheses without an operator in them or a sign before them. */
  | { readonly kind: 'group'; readonly of: readonly Element[]; readonly span: Span };

export type Level = {
  readonly words: readonly string[];
  readonly filters: readonly Filter[];
  readonly warnings: readonly Warning[];
};

/** How an item hangs on the one before. */
type Linked = { readonly item: Item; readonly link: 'side' | 'AND' | 'OR' };
/** Kinds of things: bare text, text in a field, exclusions, all that is not text. */
type Nature = 'text' | 'field' | 'exclusion' | 'fact';

/** Below the root there are no words, and one filter at most. */
export function readLevel(elements: readonly Element[], { isRoot }: { isRoot: boolean }): Level {
  const { linked, warnings } = link(hasJunction(elements) ? elements : spliced(elements));
  const hasOr = linked.some(({ link }) => link === 'OR');
  if (!isRoot) return { words: [], filters: filtersOf(and(alternatives(linked))), warnings };
  if (hasOr) return { ...readAlternatives(linked), warnings };
  const isStrict = linked.some(
    ({ item, link }, index) =>
      link === 'AND' && (item.word !== null || (linked[index - 1]?.item.word ?? null) !== null),
  );
  return {
    ...sideBySide(
      linked.map(({ item }) => item),
      isStrict,
    ),
    warnings,
  };
}

/** Whether anything is joined by AND or OR, and not only taken away by NOT. */
function hasJunction(elements: readonly Element[]): boolean {
  return elements.some(
    (element, index) => isOperator(element, 'AND', 'OR') && !isOperator(elements[index + 1], 'NOT'),
  );
}

/** Takes away parentheses that change nothing; those after a NOT do. */
function spliced(elements: readonly Element[]): Element[] {
  return elements.flatMap((element, index) =>
    element.kind === 'group' && !isOperator(elements[index - 1], 'NOT', 'ANDNOT')
      ? spliced(element.of)
      : [element],
  );
}

function isOperator(element: Element | undefined, ...names: Operator[]): boolean {
  return element?.kind === 'operator' && names.includes(element.name);
}

function link(elements: readonly Element[]): { linked: Linked[]; warnings: Warning[] } {
  const linked: Linked[] = [];
  const warnings: Warning[] = [];
  let pending: { name: 'AND' | 'OR'; span: Span } | null = null;
  let negation: Span | null = null;
  for (const element of elements) {
    if (element.kind === 'operator') {
      const { name, span } = element;
      if (name === 'NOT' || name === 'ANDNOT')
        negation = negation === null || name === 'ANDNOT' ? span : null;
      else if (linked.length === 0 || pending !== null || negation !== null)
        warnings.push(dangling(name, span));
      else pending = { name, span };
      continue;
    }
    const found = element.kind === 'group' ? grouped(element.of, element.span) : element;
    if (found === null) continue;
    const item = negation === null ? found : { ...found, word: null, filter: not(found.filter) };
    // "AND NOT" takes something away; it does not make the words around it stricter.
    const isJoined = pending !== null && !(pending.name === 'AND' && negation !== null);
    linked.push({ item, link: isJoined && pending !== null ? pending.name : 'side' });
    pending = null;
    negation = null;
  }
  if (pending !== null) warnings.push(dangling(pending.name, pending.span));
  if (negation !== null) warnings.push(dangling('NOT', negation));
  return { linked, warnings };
}

function dangling(name: Operator, span: Span): Warning {
  return warn('dangling-operator', `${quoted(name)} has nothing to join here, so it was ignored.`, span);
}

function grouped(elements: readonly Element[], span: Span): Item | null {
  const [filter] = readLevel(elements, { isRoot: false }).filters;
  return filter === undefined ? null : { kind: 'item', filter, word: null, span };
}

function sideBySide(items: readonly Item[], isStrict: boolean): { words: string[]; filters: Filter[] } {
  const isSoft = ({ word }: Item) => word !== null && !isStrict;
  const words = items.flatMap((item) => (isSoft(item) && item.word !== null ? [item.word] : []));
  return {
    words,
    filters: items.filter((item) => !isSoft(item)).map(({ filter }) => filter),
  };
}

function alternatives(linked: readonly Linked[]): Filter[] {
  const runs = runsOf(linked).map((run) => and(run.map(({ item }) => item.filter)));
  return filtersOf(or(runs.filter((run) => run !== null)));
}

function filtersOf(filter: Filter | null): Filter[] {
  return filter === null ? [] : [filter];
}

/** Cut at each OR. */
function runsOf(linked: readonly Linked[]): Linked[][] {
  const runs: Linked[][] = [];
  for (const found of linked) {
    const run = runs.at(-1);
    if (run === undefined || found.link === 'OR') runs.push([found]);
    else run.push(found);
  }
  return runs;
}

/** What stands before the first operand and after the last, and is of a kind that no operand has, holds for the whole. */
function readAlternatives(linked: readonly Linked[]): { words: string[]; filters: Filter[] } {
  const runs = runsOf(linked);
  const before = outside((runs[0] ?? []).toReversed(), runs.slice(1), 'backwards');
  const after = outside(runs.at(-1) ?? [], runs.slice(0, -1), 'forwards');
  const head = sideBySide(
    linked.slice(0, before).map(({ item }) => item),
    false,
  );
  const tail = sideBySide(
    linked.slice(linked.length - after).map(({ item }) => item),
    false,
  );
  const operands = alternatives(linked.slice(before, linked.length - after));
  return { words: [...head.words, ...tail.words], filters: [...head.filters, ...operands, ...tail.filters] };
}

/**
 * How many items of a run, given from its OR outwards, do not belong to the operand: that is what is of one kind with
 * the item at the OR, and what AND ties to it.
 */
function outside(
  run: readonly Linked[],
  others: readonly (readonly Linked[])[],
  direction: 'forwards' | 'backwards',
): number {
  const natures = run.map(({ item }) => natureOf(item.filter));
  const isTied = (at: number) => run[direction === 'forwards' ? at : at - 1]?.link === 'AND';
  let length = 1;
  while (length < run.length && (natures[length] === natures[0] || isTied(length))) length++;
  const elsewhere = new Set(others.flat().map(({ item }) => natureOf(item.filter)));
  return natures.slice(length).some((nature) => elsewhere.has(nature)) ? 0 : Math.max(run.length - length, 0);
}

function natureOf(filter: Filter): Nature {
  if (filter.kind === 'not') return 'exclusion';
  if (filter.kind === 'text') return filter.field === 'any' ? 'text' : 'field';
  if (filter.kind !== 'and' && filter.kind !== 'or') return 'fact';
  const natures = new Set(filter.of.map(natureOf));
  const [only = 'text'] = natures;
  return natures.size === 1 ? only : natures.has('text') ? 'text' : 'field';
}
