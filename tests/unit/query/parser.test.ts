import { describe, expect, test } from 'vitest';
import { printQuery } from '#lib/query/normal-form.ts';
import { NESTING_MAX, parseQuery, QUERY_CHARS_MAX, TERMS_MAX } from '#lib/query/parser.ts';
import { processorMs } from '../../support/processor-time.ts';

/** The normal form, and the codes of what was said about the text. */
function read(text: string): [string, ...string[]] {
  const { query, warnings } = parseQuery(text);
  return [printQuery(query), ...warnings.map(({ code }) => code)];
}

describe('words', () => {
  test.each([
    ['graph neural networks', 'graph neural networks'],
    ['  graph \u00a0\u3000 neural\n', 'graph neural'],
    ['Attention: what is all (you) need?', 'Attention what is all you need'],
    ['"Deep" learning, fast; and (very) robust!', 'learning fast and very robust "Deep"'],
    ['Title: Abstract: we study this', 'Title Abstract we study this'],
    ['non-invasive', 'non-invasive'],
    ['non‑invasive state–of–the–art', 'non-invasive state-of-the-art'],
    ['self- supervised - or not', 'self supervised or not'],
    ['a—b a---b', 'a b a b'],
    ["Schrödinger's don’t O‘Brien", "Schrödinger don't O'Brien"],
    ['C++ C# GPT-4 3D v1.2.3 1,000 k-means++', 'C++ C# GPT-4 3D v1.2.3 1,000 k-means'],
    ['ImageNet/CIFAR-10 and/or', 'ImageNet CIFAR-10 and or'],
    ['AT&T R&D Q & A', 'AT&T R&D Q A'],
    ['ｇｒａｐｈ　ｎｅｕｒａｌ', 'graph neural'],
    ['ﬁne x² H₂O', 'fine x2 H2O'],
    ['深度学习的应用', '深度学习的应用'],
    ['graph GRAPH Graph', 'graph GRAPH Graph'],
    ['5" wafers', '5 wafers'],
    ['10:30 and 3:1', '10 30 and 3 1'],
    ['https://github.com/a/b', 'github.com a b'],
    ['f(x) = O(n log n)', 'f x O n log n'],
    ['A* search', 'A search', 'wildcard'],
  ])('%s', (text, ...expected) => expect(read(text)).toEqual(expected));

  test('TeX in pasted text is read as the paper shows it', () => {
    expect(read('$\\alpha$-decay of $^{4}He$')).toEqual(['α-decay of 4He']);
    expect(read('Schr\\"odinger and {\\it deep learning} in $O(n \\log n)$')).toEqual([
      'Schrödinger and deep learning in O n log n',
    ]);
    expect(read('it costs $5 to $10')).toEqual(['it costs 5 to 10']);
  });
});

describe('phrases and exclusions', () => {
  test.each([
    ['"exact phrases" graph', 'graph "exact phrases"'],
    ['“smart quotes” «guillemets» ＂wide＂', '"smart quotes" "guillemets" "wide"'],
    ['"non-invasive: imaging, (2)"', '"non-invasive imaging 2"'],
    ['graph -survey -"a review" -ti:tree', 'graph -survey -"a review" -ti:tree'],
    ['graph −survey', 'graph -survey'],
    ['+graph neural', 'neural all:graph'],
    ['at -4 degrees (-1)-curves +1 charge', 'at 4 degrees 1 curves 1 charge'],
    ['graph -3D NOT 4 NOT 202*', 'graph -3D -all:4 -all:202*'],
    ['"graph', '"graph"', 'unbalanced-quote'],
    ['"graph neural cat:cs.LG', '"graph neural" cat:cs.LG', 'unbalanced-quote'],
    ['"graph neural OR tree', '"graph neural" OR tree', 'unbalanced-quote'],
    ['graph"neural', 'graph neural', 'unbalanced-quote'],
    ['"" graph', 'graph', 'empty-phrase'],
    ['"deep learn*"', '"deep learn"', 'wildcard'],
    ['"deep learning"~5', '"deep learning"', 'proximity'],
  ])('%s', (text, ...expected) => expect(read(text)).toEqual(expected));
});

describe('operators and parentheses', () => {
  test.each([
    ['graph AND neural', 'graph AND neural'],
    ['graph OR tree AND neural', 'graph OR (tree AND neural)'],
    ['deep learning OR vision', '(deep AND learning) OR vision'],
    ['graph NOT tree', 'graph -tree'],
    ['graph ANDNOT tree', 'graph -tree'],
    ['deep graph AND NOT tree', 'deep graph -tree'],
    ['NOT NOT graph', 'graph'],
    ['graph OR NOT tree', 'graph OR -tree'],
    ['graph and tree or bush not shrub', 'graph and tree or bush not shrub'],
    ['(graph OR tree) neural', 'neural (graph OR tree)'],
    ['((graph) (neural))', 'graph neural'],
    ['-(graph OR tree)', '-(graph OR tree)'],
    ['-(graph neural)', '-(graph AND neural)'],
    ['-foo/bar baz', 'baz -(foo AND bar)'],
    ['a OR (b OR c)', 'a OR b OR c'],
    ['a OR a', 'all:a'],
    ['graph OR tree cat:cs.LG date:2025', '(graph OR tree) cat:cs.LG date:2025'],
    ['cat:cs.LG graph OR tree -survey', 'cat:cs.LG (graph OR tree) -survey'],
    ['cat:cs.LG OR cat:cs.CL graph networks', 'graph networks cat:cs.LG,cs.CL'],
    ['graph cat:cs.LG OR tree cat:math.CO', '(graph AND cat:cs.LG) OR (tree AND cat:math.CO)'],
    ['graph AND cat:cs.LG OR tree', '(graph AND cat:cs.LG) OR tree'],
    ['ti:graph AND cat:cs.LG deep learning', 'deep learning ti:graph cat:cs.LG'],
    ['AND graph OR', 'graph', 'dangling-operator', 'dangling-operator'],
    ['graph AND OR tree', 'graph AND tree', 'dangling-operator'],
    ['graph NOT', 'graph', 'dangling-operator'],
    ['(graph', 'graph', 'unbalanced-parenthesis'],
    ['graph) neural', 'graph neural', 'unbalanced-parenthesis'],
    ['graph ti:()', 'graph', 'empty-group'],
    ['graph ()', 'graph', 'empty-group'],
    ['alpha(+)-thalassemia :)', 'alpha thalassemia', 'unbalanced-parenthesis'],
    ['GPT AND BERT', 'GPT AND BERT'],
    ['ON THE ORIGIN OF SPECIES AND OTHERS', 'ON THE ORIGIN OF SPECIES and OTHERS', 'capitals'],
  ])('%s', (text, ...expected) => expect(read(text)).toEqual(expected));
});

describe('fields', () => {
  test.each([
    ['ti:graph title:neural TI:tree', 'ti:graph ti:neural ti:tree'],
    ['ti: graph abs:"exact phrase"', 'ti:graph abs:"exact phrase"'],
    ['ti:(graph OR tree) ti:(deep learning)', '(ti:graph OR ti:tree) ti:deep ti:learning'],
    ['ti:(graph OR au:lecun)', 'ti:graph OR au:lecun'],
    ['-ti:graph ti:-tree', '-ti:graph -ti:tree'],
    ['ti:gener* trans*', 'ti:gener* trans*'],
    ['all:electron any:proton', 'electron AND proton'],
    ['co:ICML jr:"Phys. Rev. D" comments:"12 pages"', 'co:ICML jr:"Phys Rev D" co:"12 pages"'],
    ['ｔｉ：graph', 'ti:graph'],
    ['cat:cs.lg in:hep-th category:CS', 'cat:cs.LG cat:hep-th cat:cs'],
    ['cat:physics cat:physics.* cat:astro-ph cat:cs.*', 'cat:physics cat:physics.* cat:astro-ph cat:cs'],
    ['cat:cs.LG,stat.ML cat:(cs.AI OR cs.CV)', 'cat:cs.LG,stat.ML cat:cs.AI,cs.CV'],
    ['cat:cs.NA cat:"machine learning"', 'cat:math.NA cat:cs.LG,stat.ML'],
    ['has:code has:project list:hf list:arxiv', 'has:code has:project list:hf list:arxiv'],
    [
      'upvotes:>10 stars:1k.. citations:5..50 forks:<100',
      'upvotes:>10 stars:>=1000 citations:5..50 forks:<100',
    ],
    ['upvotes: > 10 comments:>=3', 'upvotes:>10 comments:>=3'],
    ['last:7d last:2w last:month last:24h', 'last:7d last:2w last:1m last:1d'],
    ['sort:new graph', 'graph sort:new'],
    ['order:scites in:cs.LG', 'cat:cs.LG sort:upvotes'],
    ['sort:new sort:trending', 'sort:trending', 'several-sorts'],
    ['sort:size graph', 'graph', 'bad-sort'],
    ['foo:bar', 'foo bar', 'unknown-field'],
    ['foo:(a OR b)', 'foo (a OR b)', 'unknown-field'],
    ['auther:hinton tilte:graph', 'au:hinton ti:graph', 'misspelt-field', 'misspelt-field'],
    ['graph ti:', 'graph', 'empty-field'],
    ['graph ti:!!! au:"..."', 'graph', 'empty-field', 'empty-field'],
    ['cat:cs.XY', 'cs.XY', 'bad-category'],
    ['cat:cs.LG,cs.XY', 'cat:cs.LG', 'bad-category'],
    ['date:2025-13 graph', 'graph', 'bad-date'],
    ['upvotes:many graph', 'graph', 'bad-number'],
    ['has:wings', '', 'bad-value'],
    ['*learning gr*ph grap*h', 'learning gr ph grap*', 'wildcard', 'wildcard', 'wildcard'],
  ])('%s', (text, ...expected) => expect(read(text)).toEqual(expected));
});

describe('authors', () => {
  test.each([
    ['au:lecun', 'au:lecun'],
    ['au:lecun y energy', 'energy au:"lecun y"'],
    ['au:"Y. LeCun"', 'au:"Y LeCun"'],
    ['au:Y. LeCun energy', 'energy au:"Y LeCun"'],
    ['au:"LeCun, Yann"', 'au:"Yann LeCun"'],
    ['au:LeCun, Yann energy', 'energy au:"Yann LeCun"'],
    ['au:lecun_y au:del_maestro', 'au:"lecun y" au:"del maestro"'],
    ['au:van der Maaten t-sne', 't-sne au:"van der Maaten"'],
    ['au:"van der Maaten"', 'au:"van der Maaten"'],
    ['au:de Freitas', 'au:"de Freitas"'],
    ['au:hinton dropout', 'dropout au:hinton'],
    ['au:Baker de novo design', 'de novo design au:Baker'],
    ['au:LeCun CNN', 'CNN au:LeCun'],
    ['au:Yann LeCun Energy', 'Energy au:"Yann LeCun"', 'author-name'],
    ['au:Nando de Freitas', 'au:"Nando de Freitas"', 'author-name'],
    ["au:O'Brien au:Gómez-Bombarelli au:lec*", "au:O'Brien au:Gómez-Bombarelli au:lec*"],
    ['au:(lecun bengio)', 'au:lecun au:bengio'],
  ])('%s', (text, ...expected) => expect(read(text)).toEqual(expected));
});

describe('identifiers', () => {
  test.each([
    ['1706.03762', 'id:1706.03762'],
    ['arXiv:1706.03762v7 [cs.CL]', 'id:1706.03762'],
    ['https://huggingface.co/papers/1706.03762', 'id:1706.03762'],
    ['https://www.alphaxiv.org/abs/1706.03762', 'id:1706.03762'],
    ['https://doi.org/10.48550/arXiv.1706.03762', 'id:1706.03762'],
    ['https://doi.org/10.1103/PhysRevLett.116.061102', 'id:10.1103/physrevlett.116.061102'],
    ['doi:10.1016/S0140-6736(20)30183-5', 'id:"10.1016/s0140-6736(20)30183-5"'],
    ['(hep-th/9901001)', 'id:hep-th/9901001'],
    ['1706.03762, 1810.04805', 'id:1706.03762,1810.04805'],
    ['id:1706.03762,hep-th/9901001', 'id:1706.03762,hep-th/9901001'],
    ['Attention is all you need arXiv:1706.03762.', 'Attention is all you need id:1706.03762'],
    ['arXiv: 1706.03762', 'id:1706.03762'],
    ['id:nonsense', 'nonsense', 'bad-identifier'],
  ])('%s', (text, ...expected) => expect(read(text)).toEqual(expected));
});

describe('limits', () => {
  test('a long query is cut between words, and the warning points at what was left out', () => {
    const text = 'word'.concat(' longer'.repeat(QUERY_CHARS_MAX / 6));
    const warning = parseQuery(text).warnings.find(({ code }) => code === 'too-long')!;
    expect(warning.position).toBeLessThanOrEqual(QUERY_CHARS_MAX);
    expect(text.slice(warning.position)).toMatch(/^ longer/);
    expect(warning.position + warning.length).toBe(text.length);
  });

  test('a pasted paragraph is read whole', () => {
    const words = Array.from({ length: 300 }, (_, index) => `w${index}`);
    expect(parseQuery(words.join(' '))).toMatchObject({ query: { words }, warnings: [] });
  });

  test('conditions beyond the limit are left out and said so once', () => {
    const words = Array.from({ length: TERMS_MAX + 20 }, (_, index) => `ti:w${index}`);
    const { query, warnings } = parseQuery(words.join(' '));
    expect(query.filters).toHaveLength(TERMS_MAX);
    expect(warnings.map(({ code }) => code)).toEqual(['too-many-terms']);
    expect(warnings[0]!.position).toBe(words.slice(0, TERMS_MAX).join(' ').length + 1);
  });

  test('of a quoted paragraph the first words are the phrase', () => {
    const words = Array.from({ length: TERMS_MAX + 20 }, (_, index) => `w${index}`);
    const { query, warnings } = parseQuery(`"${words.join(' ')}"`);
    expect(query.filters).toMatchObject([{ match: 'phrase', text: words.slice(0, TERMS_MAX).join(' ') }]);
    expect(warnings.map(({ code }) => code)).toEqual(['too-many-terms']);
  });

  test('parentheses nest so deep and no deeper', () => {
    const nested = (depth: number) => `${'(a OR '.repeat(depth)}b${')'.repeat(depth)}`;
    expect(read(nested(NESTING_MAX))).toEqual(['a OR b']);
    expect(read(nested(NESTING_MAX + 1))).toContain('too-deep');
  });

  test.each([
    '(',
    '"',
    '-',
    '$',
    '\\',
    '{\\',
    'ti:',
    '(a OR ',
    'au:A. ',
    '1,000,',
    '10.1234/',
    "'",
    '[',
    'ﷺ',
    'x*',
    '-(a OR ',
  ])('a query of nothing but %s takes no longer for it', (piece) => {
    const text = piece.repeat(100_000 / piece.length);
    expect(processorMs(() => parseQuery(text))).toBeLessThan(250);
  });
});

test('warnings point at what they are about, in plain words', () => {
  const text = 'graph foo:bar date:2025-13';
  const { warnings } = parseQuery(text);
  expect(warnings.map(({ position, length }) => text.slice(position, position + length))).toEqual([
    'foo:',
    'date:2025-13',
  ]);
  expect(warnings[0]!.message).toBe('There is no field “foo:”, so it was searched as words.');
});

describe('prose', () => {
  test.each([
    [
      'What is the "usual relevance" of the content of articles (not books) to their titles and to the reader?',
      'What is the usual relevance of the content of articles not books to their titles and to the reader',
    ],
    [
      'How do we find papers that are NOT about "deep learning" in a list of them, and why -so?',
      'How do we find papers that are not about deep learning in a list of them and why so',
    ],
  ])('in %s marks are no operators, and the reader is told', (text, words) => {
    expect(read(text)).toEqual([words, 'prose']);
  });

  test('a field in prose is still a filter', () => {
    const { query } = parseQuery(
      'what is known of the role of attention in the training of models cat:cs.LG',
    );
    expect(query.filters).toEqual([{ kind: 'category', scope: 'category', id: 'cs.LG' }]);
  });

  test('a text with more words than rank says so', () => {
    const text = Array.from({ length: 60 }, (_, index) => `of the word${index},`).join(' ');
    expect(parseQuery(text).warnings).toMatchObject([
      { code: 'prose', message: expect.stringContaining('40 most telling words') },
    ]);
  });

  test('few words, or words without stop words, keep their operators', () => {
    expect(read('"graph networks" for molecules -survey')).toEqual([
      'for molecules "graph networks" -survey',
    ]);
  });
});
