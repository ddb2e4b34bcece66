/** Every form of a citation, read back by a library: what it says must be what the paper says. */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import { expect, test } from 'vitest';
import { CITATION_FORMATS, citationFilename, writeCitation } from '#lib/citations/citation-format.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import { texToText } from '#lib/tex/tex.ts';
import { aListedPaper } from '../../support/builders.ts';

const CONTEXT = {
  pageUrl: 'https://papers.example.org/papers/1706.03762',
  listNames: { arxiv: 'arXiv', huggingface: 'Hugging Face', sample: 'Sample' },
};
const write = (format: (typeof CITATION_FORMATS)[number], paper: ListedPaper) =>
  writeCitation(format, paper, CONTEXT);

const paper = aListedPaper({
  identifier: '1706.03762',
  title: 'BERT & the $x^2_i$ of Erd\\H{o}s: 100% pure_code',
  abstract: 'We show that $a<b$ & more.\nFifty % of it.',
  authors: ['Rianne van den Berg', 'José Gutiérrez', 'CMS Collaboration', '王小云', 'Henry Ford III'],
  submittedAt: new Date('2017-06-12T17:57:34Z'),
  primaryCategory: 'cs.CL',
  categories: ['cs.CL', 'cs.LG'],
  comment: '15 pages, 5 figures',
  keywords: ['attention', 'graphs'],
});

test('BibTeX keeps the TeX of a title, the capitals of a name, and everyone who signed', () => {
  expect(write('bib', paper)).toBe(`@misc{vandenberg2017bert,
  title = {{BERT} \\& the $x^2_i$ of Erd\\H{o}s: 100\\% pure\\_code},
  author = {van den Berg, Rianne and Gutiérrez, José and {CMS Collaboration} and {王小云} and Ford, III, Henry},
  doi = {10.48550/arXiv.1706.03762},
  year = {2017},
  note = {15 pages, 5 figures},
  publisher = {arXiv},
  url = {https://arxiv.org/abs/1706.03762},
  eprint = {1706.03762},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  abstract = {We show that $a<b$ \\& more. Fifty \\% of it.},
  keywords = {attention, graphs},
  month = jun,
}
`);
});

test('a published paper is the article of its journal, and still found on arXiv', () => {
  const published = { ...paper, journalReference: 'Phys. Rev. Lett. 90, 012345 (2003)', doi: '10.1103/x' };
  const bibtex = write('bib', published);
  expect(bibtex).toMatch(/^@article\{vandenberg2003bert,/);
  for (const field of [
    'journal = {Phys. Rev. Lett.}',
    'volume = {90}',
    'doi = {10.1103/x}',
    'eprint = {1706.03762}',
  ]) {
    expect(bibtex).toContain(field);
  }
  expect(write('txt', published)).toContain(
    '(2003). BERT & the x²ᵢ of Erdős: 100% pure_code. Phys. Rev. Lett., 90, 012345. https://doi.org/10.1103/x',
  );
});

test('a journal reference of a form of its own is a note', () => {
  const appeared = { ...paper, journalReference: 'Proc. of a Workshop, Paris', doi: '10.1103/x' };
  expect(JSON.parse(write('json', appeared))[0]).toMatchObject({
    type: 'article',
    DOI: '10.48550/arXiv.1706.03762',
    note: 'Appeared in Proc. of a Workshop, Paris. https://doi.org/10.1103/x. 15 pages, 5 figures',
  });
});

test('RIS has lines that are whole, with particles, and ends each as the format wants', () => {
  const lines = write('ris', { ...paper, title: 'A '.repeat(120), titleText: 'A '.repeat(120).trim() }).split(
    '\r\n',
  );
  expect(lines[0]).toBe('TY  - UNPB');
  expect(lines.slice(-2)).toEqual(['ER  - ', '']);
  expect(lines).toContain('AU  - van den Berg, Rianne');
  expect(lines).toContain(`TI  - ${'A '.repeat(120).trim()}`);
  expect(lines).toContain('DO  - 10.48550/arXiv.1706.03762');
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- /);
});

test('CSL-JSON is an array of one item with dates and names in parts', () => {
  const [item] = JSON.parse(write('json', paper));
  expect(item).toMatchObject({
    id: 'vandenberg2017bert',
    type: 'article',
    title: 'BERT & the x²ᵢ of Erdős: 100% pure_code',
    issued: { 'date-parts': [[2017, 6, 12]] },
    number: 'arXiv:1706.03762',
    URL: 'https://arxiv.org/abs/1706.03762',
  });
  expect(item.author[0]).toEqual({ family: 'Berg', given: 'Rianne', 'non-dropping-particle': 'van den' });
});

test('Markdown holds all that is known, and none of it as HTML', () => {
  const markdown = write('md', {
    ...paper,
    abstract: '# not a heading <script>alert(1)</script> [a](javascript:alert(1)) `x` $a<b$',
    links: [
      { kind: 'repository', url: 'https://github.com/a/b', origin: 'huggingface' },
      { kind: 'project', url: 'javascript:alert(1)', origin: 'huggingface' },
    ],
    signals: { upvotes: 12, stars: 340 },
    listings: [
      { listedOn: '2017-06-13', list: 'huggingface', kind: 'new', position: 1, submittedBy: 'akhaliq' },
    ],
  });
  for (const known of [
    '<https://arxiv.org/abs/1706.03762>',
    '<https://github.com/a/b>',
    '**Upvotes**: 12',
    '**Stars**: 340',
    'Machine Learning (cs.LG)',
    '15 pages, 5 figures',
    '2017-06-13: Hugging Face, put forward by akhaliq',
    '@misc{vandenberg2017bert',
    '\\# not a heading &lt;script>',
    '[a\\](javascript:alert(1))',
    '$a\\lt b$',
  ]) {
    expect(markdown).toContain(known);
  }
  expect(markdown.slice(0, markdown.indexOf('```'))).not.toMatch(/<script|<javascript/);
});

test('an old identifier and a DOI make files with plain names', () => {
  expect(citationFilename('hep-th/9901001', 'bib')).toBe('hep-th-9901001.bib');
  expect(citationFilename('10.1000/182"; x', 'ris')).toBe('10.1000-182-x.ris');
});

const HOSTILE = [
  '}} @misc{evil, title={x}',
  '$ unpaired {',
  '\\end{document} % # ^ ~ & _',
  'TY  - JOUR\nER  - \nTY  - BOOK',
  '<img src=x onerror=alert(1)>',
  '\u202e\u0000\ud800 lone',
  '',
  '-',
  '‮test‮',
  '田中さんにあげて下さい',
];

test.each(HOSTILE)('%j as every field leaves one whole entry in every form', (text) => {
  const hostile = aListedPaper({
    title: text,
    abstract: text,
    authors: [text, text].filter(Boolean),
    comment: text,
    journalReference: text,
    keywords: [text],
  });
  for (const format of CITATION_FORMATS) expect(write(format, hostile).isWellFormed()).toBe(true);
  const entries = plugins.input.data(write('bib', hostile), '@biblatex/text') as { type: string }[];
  expect(entries).toHaveLength(1);
  expect(plugins.input.data(write('ris', hostile), '@ris/file')).toHaveLength(1);
  expect(JSON.parse(write('json', hostile))).toHaveLength(1);
});

test('a title survives the way through BibTeX and back', () => {
  const [entry] = plugins.input.data(write('bib', paper), '@biblatex/text') as {
    properties: { title: string };
  }[];
  expect(texToText(entry?.properties.title ?? '')).toBe(paper.titleText);
});
