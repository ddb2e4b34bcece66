import { describe, expect, test } from 'vitest';
import {
  absUrl,
  findArxivId,
  parseArxivId,
  parseArxivReference,
  pdfUrl,
  restoreArxivId,
} from '#lib/papers/arxiv-id.ts';

describe('parseArxivId', () => {
  test.each([
    ['1706.03762', '1706.03762', null],
    ['0704.0001', '0704.0001', null],
    ['1412.9999', '1412.9999', null],
    ['1501.00001', '1501.00001', null],
    ['2603.12345v12', '2603.12345', 12],
    ['arXiv:1706.03762v7', '1706.03762', 7],
    ['ARXIV:hep-th/9901001', 'hep-th/9901001', null],
    ['hep-th/9901001v2', 'hep-th/9901001', 2],
    ['math.GT/0309136', 'math/0309136', null],
    ['cond-mat.supr-con/9609001', 'cond-mat/9609001', null],
    ['alg-geom/9202001', 'alg-geom/9202001', null],
    ['cs/0703001', 'cs/0703001', null],
  ])('%s is the paper %s, version %s', (text, id, version) => {
    expect(parseArxivId(text)).toEqual({ id, version });
  });

  test.each([
    ['an empty text', ''],
    ['a month that no year has', '1713.00001'],
    ['month zero', '1700.00001'],
    ['four digits when arXiv gave five', '1706.0376'],
    ['five digits when arXiv gave four', '0704.00012'],
    ['six digits', '1706.037621'],
    ['a new-style month of the old style', '0703.0001'],
    ['an old-style month of the new style', 'math/0704001'],
    ['a month before arXiv', 'hep-th/9106001'],
    ['version zero', '1706.03762v0'],
    ['an endless version', '1706.03762v99999999999999999999'],
    ['trailing white space', '1706.03762 '],
    ['a trailing line feed', '1706.03762\n'],
    ['leading white space', ' 1706.03762'],
    ['a NUL byte', '1706.03762\0'],
    ['an unknown archive', 'foo/9901001'],
    ['a word that every object knows', 'constructor/9901001'],
    ['an address', 'https://arxiv.org/abs/1706.03762'],
    ['a decimal number', '3.14159'],
  ])('%s is no identifier', (_what, text) => {
    expect(parseArxivId(text)).toBeNull();
  });
});

describe('parseArxivReference', () => {
  test.each([
    ['https://arxiv.org/abs/1706.03762v2', '1706.03762', 2],
    ['http://arxiv.org/abs/1706.03762/', '1706.03762', null],
    ['arxiv.org/pdf/hep-th/9901001v1.pdf', 'hep-th/9901001', 1],
    ['https://arxiv.org/pdf/1706.03762?download=1#page=2', '1706.03762', null],
    ['https://arxiv.org/html/1706.03762v7', '1706.03762', 7],
    ['https://export.arxiv.org/abs/math.GT/0309136', 'math/0309136', null],
    ['https://www.alphaxiv.org/abs/1706.03762', '1706.03762', null],
    ['https://alphaxiv.org/overview/1706.03762v7', '1706.03762', 7],
    ['huggingface.co/papers/1706.03762', '1706.03762', null],
    ['https://ar5iv.labs.arxiv.org/html/1706.03762', '1706.03762', null],
    ['10.48550/arXiv.1706.03762', '1706.03762', null],
    ['https://doi.org/10.48550/ARXIV.hep-th/9901001', 'hep-th/9901001', null],
    ['doi:10.48550/arXiv.1706.03762', '1706.03762', null],
    ['arXiv:1706.03762v7 [cs.CL]', '1706.03762', 7],
    ['  1706.03762\n', '1706.03762', null],
  ])('%s leads to %s, version %s', (text, id, version) => {
    expect(parseArxivReference(text)).toEqual({ id, version });
  });

  test.each([
    'https://arxiv.org/list/cs.LG/recent',
    'https://doi.org/10.1000/182',
    'javascript:1706.03762',
    'attention is all you need',
    '',
    `https://arxiv.org/abs/${'1'.repeat(10_000)}`,
  ])('%s leads to no paper', (text) => {
    expect(parseArxivReference(text)).toBeNull();
  });

  test('what absUrl and pdfUrl write is read back as the same paper', () => {
    for (const { id, version } of [
      { id: '1706.03762', version: 7 },
      { id: 'hep-th/9901001', version: null },
    ]) {
      expect(parseArxivReference(absUrl(id, version))).toEqual({ id, version });
      expect(parseArxivReference(pdfUrl(id, version))).toEqual({ id, version });
    }
    expect(absUrl('1706.03762')).toBe('https://arxiv.org/abs/1706.03762');
    expect(pdfUrl('hep-th/9901001', 2)).toBe('https://arxiv.org/pdf/hep-th/9901001v2');
  });
});

describe('restoreArxivId', () => {
  test.each([
    ['704.219', '0704.2190'],
    ['912.5', '0912.5000'],
    ['1406.544', '1406.5440'],
    ['1501.123', '1501.12300'],
    ['1502.0756800000001', '1502.07568'],
    ['1501.0598699999998', '1501.05987'],
    ['1706.03762', '1706.03762'],
    ['hep-th/9901001', 'hep-th/9901001'],
  ])('%s, once held in a floating-point number, was %s', (text, id) => {
    expect(restoreArxivId(text)?.id).toBe(id);
  });

  test.each(['2020.5', '1', 'NaN', '', '1706.03762.1', '99999.1'])(
    '%s was no identifier before either',
    (text) => {
      expect(restoreArxivId(text)).toBeNull();
    },
  );
});

test.each([
  ['http://xxx.lanl.gov/abs/hep-th/9302127', 'hep-th/9302127'],
  ['https://browse.arxiv.org/html/2503.16826v1/2503.16826v1.html', '2503.16826'],
  ['https://hf.co/papers/2503.16826', '2503.16826'],
  ['https://scirate.com/arxiv/2503.16826', '2503.16826'],
  ['https://www.semanticscholar.org/arxiv/2503.16826', '2503.16826'],
  ['https://ui.adsabs.harvard.edu/abs/arXiv:2503.16826', '2503.16826'],
  ['https://www.arxiv-vanity.com/papers/2503.16826/', '2503.16826'],
  ['https://mirror.example.org/get?paper=2503.16826v2', '2503.16826'],
  ['oai:arXiv.org:2503.16826', '2503.16826'],
  ['oai:arXiv.org:hep-th/9302127', 'hep-th/9302127'],
  ['arXiv.2503.16826', '2503.16826'],
  ['arXiv 2503.16826', '2503.16826'],
  ['2503.16826v1.pdf', '2503.16826'],
  ['HEP-TH/9302127', 'hep-th/9302127'],
])('%s leads to %s, whoever the host is', (text, id) => {
  expect(parseArxivReference(text)?.id).toBe(id);
});

test.each([
  ['J. Garcia-Bellido, hep-th/9302127', 'hep-th/9302127'],
  ['Dienes and others, hep-th/9302127.', 'hep-th/9302127'],
  ['see (arXiv:2503.16826v2) for more', '2503.16826'],
  ['version 10.1234 of 2503.1', null],
])('running text %j holds %s', (text, id) => {
  expect(findArxivId(text)?.id ?? null).toBe(id);
});
