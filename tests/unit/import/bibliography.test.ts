import { describe, expect, test } from 'vitest';
import { createBibtexParser } from '#lib/import/formats/bibtex.ts';
import { toRisItem } from '#lib/import/formats/ris.ts';
import { parseValue } from '#lib/import/parse-record.ts';

const FILE = { modifiedAt: new Date('2026-05-01T12:00:00Z'), day: null };

const bibtex = (block: string) => createBibtexParser(FILE)(block);

/** As arXiv exports it. */
const ARXIV = `@misc{vaswani2023attentionneed,
      title={Attention Is All You Need},
      author={Ashish Vaswani and Noam Shazeer and Jakob Uszkoreit and others},
      year={2023},
      eprint={1706.03762},
      archivePrefix={arXiv},
      primaryClass={cs.CL},
      url={https://arxiv.org/abs/1706.03762},
}`;

/** As ADS exports it. */
const ADS = `@ARTICLE{1999PhRvD..59a3001G,
       author = {{Garc{\\'\\i}a}, J.~M. and {The {ATLAS} Collaboration} and {van der Berg}, H.},
        title = "{On $\\alpha$-decay of {$^{8}$Be} and {\\"O}sterreich}",
      journal = {\\prd},
     keywords = {High Energy Physics - Theory, Nuclear Theory},
         year = 1999,
        month = jan,
       volume = {59},
        pages = {013001},
          doi = {10.1103/PhysRevD.59.013001},
archivePrefix = {arXiv},
       eprint = {hep-th/9901001},
 primaryClass = {hep-th},
     abstract = "{We compute $x^2 \\leq 5\\%$ at Erd\\H{o}s' rate. Code: https://github.com/owner/repo}",
}`;

describe('BibTeX', () => {
  test("of arXiv's own export is that paper", () => {
    expect(bibtex(ARXIV)).toMatchObject([
      {
        record: {
          registry: 'arxiv',
          identifier: '1706.03762',
          title: 'Attention Is All You Need',
          abstract: '',
          authors: ['Ashish Vaswani', 'Noam Shazeer', 'Jakob Uszkoreit'],
          categories: ['cs.CL'],
          primaryCategory: 'cs.CL',
          submittedAt: null,
          isWithdrawn: null,
        },
        listing: null,
        recordedAt: new Date('2023-01-01'),
      },
    ]);
  });

  test('keeps the TeX of title and abstract, and reads names as people write them', () => {
    expect(bibtex(ADS)).toMatchObject([
      {
        record: {
          identifier: 'hep-th/9901001',
          title: 'On $\\alpha$-decay of {$^{8}$Be} and {\\"O}sterreich',
          abstract: "We compute $x^2 \\leq 5\\%$ at Erd\\H{o}s' rate. Code: https://github.com/owner/repo",
          authors: ['J. M. García', 'The ATLAS Collaboration', 'H. van der Berg'],
          doi: '10.1103/PhysRevD.59.013001',
          keywords: ['High Energy Physics - Theory', 'Nuclear Theory'],
          links: [{ url: 'https://github.com/owner/repo' }],
        },
      },
    ]);
  });

  test('with a DOI alone is filed under it, as new as its file', () => {
    const [item] = bibtex(
      '@article{a, title={A}, author={Lovelace, Ada}, journal={J. of Things}, volume=3, pages={1--9}, year=2001, month=5, doi={https://doi.org/10.1000/ABC\\_1}}',
    );
    expect(item).toMatchObject({
      record: {
        registry: 'doi',
        identifier: '10.1000/abc_1',
        doi: '10.1000/ABC_1',
        journalReference: 'J. of Things 3 (2001) 1-9',
        submittedAt: new Date('2001-05-01'),
        categories: [],
      },
      recordedAt: FILE.modifiedAt,
    });
  });

  test.each([
    ['DBLP', 'journal={CoRR}, volume={abs/1706.03762}, eprinttype={arXiv}'],
    ['Google Scholar', 'journal={arXiv preprint arXiv:1706.03762}'],
    ['an address', 'url={https://arxiv.org/pdf/1706.03762v5}'],
    ["arXiv's DOI", 'doi={10.48550/arXiv.1706.03762}'],
    ['a note', 'note={arXiv:1706.03762 [cs]}'],
    ['BibLaTeX', 'eprint={1706.03762}, eprinttype={arxiv}, eprintclass={cs.CL}'],
    ['an eprint without a type', 'eprint={1706.03762}'],
  ])('names an arXiv paper as %s does', (_, fields) => {
    expect(bibtex(`@article{a, title={A}, year=2017, ${fields}}`)).toMatchObject([
      { record: { registry: 'arxiv', identifier: '1706.03762' } },
    ]);
  });

  test('is dated by what the entry says of itself', () => {
    const item = (field: string) => bibtex(`@misc{a, title={A}, doi={10.1000/1}, ${field}}`)[0];
    expect(item('timestamp={Mon, 13 Aug 2018 16:48:37 +0200}')).toMatchObject({
      recordedAt: new Date('2018-08-13T14:48:37Z'),
    });
    expect(item('urldate={2020-02-03}')).toMatchObject({ recordedAt: new Date('2020-02-03') });
  });

  test('uses the definitions before it, and comments are no entries', () => {
    const read = createBibtexParser(FILE);
    expect(read('@string{jt = "Journal of " # things}\n@string{things = {Things}}')).toEqual([]);
    expect(read('@comment{jabref-meta: databaseType:bibtex;}')).toEqual([]);
    expect(read('@string{jt = "Journal of Things"}')).toEqual([]);
    expect(read('@article{a, title={A}, doi={10.1000/1}, journal=jt, year=2001}')).toMatchObject([
      { record: { journalReference: 'Journal of Things (2001)' } },
    ]);
  });

  test('with several entries on a line gives each, and what stands between them is a remark', () => {
    const items = bibtex(
      '@misc{a, title={A}, doi={10.1000/1}} mail me@example.org @misc{b, title={B}} @misc(c, title="C", doi="10.1000/3")',
    );
    expect(items).toMatchObject([
      { record: { identifier: '10.1000/1' } },
      'neither an arXiv identifier nor a DOI',
      { record: { identifier: '10.1000/3' } },
    ]);
  });

  test.each([
    ['@misc{a, title={A}, doi={10.1000/1}', 'its braces do not close'],
    ['@misc{a, title={A}}', 'neither an arXiv identifier nor a DOI'],
    ['@misc{a, doi={10.1000/1}}', 'no title'],
    ['@misc{a, eprint={123456}, eprinttype={jstor}, title={A}}', 'neither an arXiv identifier nor a DOI'],
    ['@misc{a, title=}', expect.stringMatching(/^not BibTeX: /)],
    ['@misc{, title={A}}', expect.stringMatching(/^not BibTeX: /)],
  ])('%s is rejected', (entry, reason) => {
    expect(bibtex(entry)).toEqual([reason]);
  });

  test('with TeX that nobody else understands still gives the paper', () => {
    expect(
      bibtex('@misc{a, title={A \\begin{x} B}, author={Ada {\\"Lovelace} and Bob $}, doi={10.1000/1}}'),
    ).toMatchObject([{ record: { title: 'A \\begin{x} B', identifier: '10.1000/1' } }]);
  });
});

describe('RIS', () => {
  /** As Zotero exports a preprint. */
  const RIS = `TY  - UNPB
AU  - Vaswani, Ashish
AU  - Shazeer, Noam
TI  - Attention Is All
  You Need
DO  - 10.48550/arXiv.1706.03762
UR  - http://arxiv.org/abs/1706.03762
AB  - The dominant models.
PY  - 2017/06/12/
Y2  - 2024/02/29/
KW  - Computation and Language
KW  - Machine Learning

ER  - `;

  test('becomes the paper it names', () => {
    expect(toRisItem(RIS, FILE)).toMatchObject({
      record: {
        registry: 'arxiv',
        identifier: '1706.03762',
        title: 'Attention Is All You Need',
        abstract: 'The dominant models.',
        authors: ['Ashish Vaswani', 'Noam Shazeer'],
        keywords: ['Computation and Language', 'Machine Learning'],
      },
    });
  });

  test('keeps its authors apart where an empty line follows them', () => {
    const block =
      'TY - JOUR\r\nT1 - A\r\nDO - 10.1000/1\r\nA1 - Lovelace, Ada\r\nA1 - Noether, Emmy\r\n\r\nER -';
    expect(toRisItem(block, FILE)).toMatchObject({ record: { authors: ['Ada Lovelace', 'Emmy Noether'] } });
  });

  test.each([
    ['TY  - JOUR\nTI  - A\nER  - ', 'neither an arXiv identifier nor a DOI'],
    ['TY  - JOUR\nDO  - 10.1000/1\nER  - ', 'no title'],
    ['TY  - ', 'no entry in it'],
  ])('%j is rejected', (block, reason) => {
    expect(toRisItem(block, FILE)).toBe(reason);
  });
});

describe('CSL-JSON', () => {
  test('of Zotero becomes the paper it names', () => {
    const value = {
      id: 'vaswani',
      type: 'article',
      title: 'Attention Is All You Need',
      abstract: 'The dominant models.',
      author: [{ family: 'Vaswani', given: 'Ashish' }, { literal: 'The ATLAS Collaboration' }],
      issued: { 'date-parts': [['2017', '6', '12']] },
      accessed: { 'date-parts': [[2024, 2, 29]] },
      number: 'arXiv:1706.03762',
      publisher: 'arXiv',
      URL: 'http://arxiv.org/abs/1706.03762',
    };
    expect(parseValue(value, null, FILE)).toMatchObject([
      {
        source: 'import',
        item: {
          record: {
            registry: 'arxiv',
            identifier: '1706.03762',
            authors: ['Ashish Vaswani', 'The ATLAS Collaboration'],
            journalReference: null,
            submittedAt: null,
          },
          recordedAt: new Date('2024-02-29'),
        },
      },
    ]);
  });

  test('of Crossref has lists and markup', () => {
    const value = {
      type: 'journal-article',
      title: ['CO<sub>2</sub> &amp; <i>E. coli</i>'],
      abstract: '<jats:title>Abstract</jats:title><jats:p>We show x &lt; 3.</jats:p>',
      author: [{ family: 'Beethoven', given: 'Ludwig', 'non-dropping-particle': 'van', suffix: 'Jr.' }],
      issued: { 'date-parts': [[2001, 5]] },
      DOI: '10.1000/ABC',
      'container-title': ['Journal of Things'],
      volume: '3',
      page: '1-9',
    };
    expect(parseValue(value, null, FILE)).toMatchObject([
      {
        item: {
          record: {
            registry: 'doi',
            identifier: '10.1000/abc',
            title: 'CO2 & E. coli',
            abstract: 'We show x < 3.',
            authors: ['Ludwig van Beethoven Jr.'],
            journalReference: 'Journal of Things 3 (2001) 1-9',
            submittedAt: new Date('2001-05-01'),
          },
        },
      },
    ]);
  });

  test.each([
    [{ issued: { 'date-parts': [[]] } }],
    [{ issued: { 'date-parts': 7 } }],
    [{ issued: 'x', author: [null, 7, { family: 7 }] }],
    [{ issued: { 'date-parts': [[99999, 13, 45]] }, keyword: 7, volume: {} }],
  ])('with members of the wrong kind loses only these: %j', (wrong) => {
    const value = { type: 'article', title: 'A', DOI: '10.1000/1', ...wrong };
    expect(parseValue(value, null, FILE)).toMatchObject([
      { item: { record: { title: 'A', submittedAt: null } } },
    ]);
  });
});
