/** Queries for property tests: as values, and as text that somebody could have typed or pasted. */
import { allOf, and, type Filter, newQuery, not, or, type Query, type TextField } from '#lib/query/query.ts';
import type { Random } from '#lib/random.ts';

const WORDS =
  `graph neural learning non-invasive GPT-4 C++ F# 3.5 1,000 v1.2.3 AT&T O'Brien Schrödinger α-decay state-of-the-art
  深度学习 学 हिन्दी λόγος and or NOTE x^2 lecun_y U.S é cs.LG arxiv.org DALL·E the`.split(/\s+/);
const NAMES = ['LeCun', 'lecun y', 'van der Maaten', 'Yann LeCun', "O'Brien", 'Gómez-Bombarelli', 'Y LeCun'];
const FIELDS: readonly TextField[] = ['any', 'title', 'abstract', 'comment', 'journal'];
const CATEGORIES = [
  ['category', 'cs.LG'],
  ['category', 'hep-th'],
  ['archive', 'cs'],
  ['archive', 'physics'],
  ['group', 'physics'],
  ['archive', 'astro-ph'],
] as const;
const IDENTIFIERS = [
  ['arxiv', '1706.03762'],
  ['arxiv', 'hep-th/9901001'],
  ['doi', '10.1103/physrevlett.116.061102'],
  ['doi', '10.1016/s0140-6736(20)30183-5'],
  ['doi', '10.1/a,b'.replace('10.1', '10.1000')],
] as const;
const DAYS = [
  '2024-01-01',
  '2024-02-29',
  '2025-01-01',
  '2025-03-01',
  '2025-03-12',
  '2025-03-12T06:30',
  '2026-01-01',
];

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random.fraction() * from.length)] as T;
}

function count(random: Random, most: number): number {
  return Math.floor(random.fraction() * (most + 1));
}

/** Any query that has a normal form: within the limits, in the shape that the constructors of query.ts give. */
export function aQuery(random: Random): Query {
  const words = Array.from({ length: count(random, 4) }, () => pick(random, WORDS));
  const filters = Array.from({ length: count(random, 4) }, () => aFilter(random, 3));
  const sort =
    random.fraction() < 0.2 ? pick(random, ['relevance', 'new', 'trending', 'upvotes'] as const) : null;
  return newQuery(words, filters, sort);
}

function aFilter(random: Random, depth: number): Filter {
  const kind = depth === 0 ? 0 : random.fraction();
  if (kind < 0.6) return aCondition(random);
  if (kind < 0.75) return not(aFilter(random, depth - 1));
  const parts = Array.from({ length: 2 + count(random, 1) }, () => aFilter(random, depth - 1));
  return (kind < 0.88 ? and(allOf(parts)) : or(parts)) ?? aCondition(random);
}

function aCondition(random: Random): Filter {
  switch (count(random, 11)) {
    case 0: {
      const [scope, id] = pick(random, CATEGORIES);
      return { kind: 'category', scope, id };
    }
    case 1: {
      const [registry, identifier] = pick(random, IDENTIFIERS);
      return { kind: 'identifier', registry, identifier };
    }
    case 2:
      return aDate(random);
    case 3:
      return {
        kind: 'last',
        count: 1 + count(random, 30),
        unit: pick(random, ['day', 'week', 'month', 'year'] as const),
      };
    case 4:
      return { kind: 'has', what: pick(random, ['code', 'project', 'doi', 'journal', 'comment'] as const) };
    case 5:
      return { kind: 'list', list: pick(random, ['huggingface', 'arxiv', 'sample'] as const) };
    case 6:
      return aSignal(random);
    case 7: {
      const text = pick(random, NAMES);
      return { kind: 'text', field: 'author', match: text.includes(' ') ? 'phrase' : 'word', text };
    }
    case 8:
      return {
        kind: 'text',
        field: pick(random, FIELDS),
        match: 'prefix',
        text: pick(random, ['graph', 'non-inv', '202', '深']),
      };
    case 9: {
      const text = Array.from({ length: 1 + count(random, 3) }, () => pick(random, WORDS)).join(' ');
      return { kind: 'text', field: pick(random, FIELDS), match: 'phrase', text };
    }
    default:
      return { kind: 'text', field: pick(random, FIELDS), match: 'word', text: pick(random, WORDS) };
  }
}

function aDate(random: Random): Filter {
  const [a, b] = [pick(random, DAYS), pick(random, DAYS)].sort() as [string, string];
  const isOpen = a === b || random.fraction() < 0.4;
  const isFrom = random.fraction() < 0.5;
  return {
    kind: 'date',
    of: pick(random, ['submitted', 'updated', 'announced'] as const),
    from: isOpen && !isFrom ? null : a,
    until: isOpen && isFrom ? null : b,
  };
}

function aSignal(random: Random): Filter {
  const [min, max] = [count(random, 60), count(random, 60)].sort((a, b) => a - b) as [number, number];
  const open = random.fraction();
  return {
    kind: 'signal',
    signal: pick(random, ['upvotes', 'comments', 'stars', 'forks', 'citations'] as const),
    min: open < 0.3 ? null : min,
    max: open > 0.6 ? null : max,
  };
}

const PIECES = [
  ...WORDS,
  ...`AND OR NOT ANDNOT AND OR ( ) (( " " “ ” - + * : ti: au: abs: cat: all: cs physics.* date: 2025 2025-01..2025-03 >2020 < [ TO ]
  last: 7d has:code list:hf upvotes: >10 sort: new trending id: 1706.03762 hep-th/9901001 10.1103/PhysRevLett.116.061102
  doi:10.1000/x(2) $\\alpha$ \\"o { } $ \\ foo: auther: Yann LeCun van der y Y. lecun_y , -- – ﷺ ü ß （ ） ： ＂ ｇｒａｐｈ ~5 ^2 A*
  trans* | & / https://arxiv.org/abs/1706.03762 https://github.com/a/b the who comments: jr: co: since: before: THE ON ; . ? ! '
  😀 ب … 2025-13 .. = updated: announced:`.split(/\s+/),
  '\u0301',
  '\ud800',
  '\u0000',
  '\u00a0',
  '\u3000',
  '\u200b',
  '\u202e',
  '\n',
  'submittedDate:[202301010600 TO 202401010600]',
  'cat:"machine learning"',
];

/** Mostly pieces of the language put together at random; now and then any characters at all. */
export function aQueryText(random: Random): string {
  if (random.fraction() < 0.2)
    return Array.from({ length: count(random, 60) }, () =>
      String.fromCharCode(count(random, random.fraction() < 0.7 ? 0x7f : 0xffff)),
    ).join('');
  const length = 1 + count(random, random.fraction() < 0.05 ? 60 : 11);
  return Array.from({ length }, () => pick(random, PIECES) + (random.fraction() < 0.6 ? ' ' : '')).join('');
}
