import { describe, expect, test } from 'vitest';
import { licenceName } from '#app/(paper)/papers/[...id]/_components/particulars.tsx';
import { toCitationTags, toScholarlyArticle } from '#app/(paper)/papers/[...id]/scholarly-article.ts';
import { aListedPaper } from '../../support/builders.ts';

const URL_OF_PAGE = 'https://paperboy.example/papers/2603.00001';

describe('schema.org', () => {
  test('says what is known and leaves out the rest', () => {
    const paper = aListedPaper({
      authors: ["Erd\\H{o}s P\\'al", 'Ada Lovelace'],
      submittedAt: new Date('2026-03-01T23:30:00Z'),
      firstListedOn: '2026-03-03',
      doi: '10.1000/182',
      license: 'http://creativecommons.org/licenses/by/4.0/',
    });
    expect(toScholarlyArticle(paper, URL_OF_PAGE)).toMatchObject({
      '@type': 'ScholarlyArticle',
      url: URL_OF_PAGE,
      sameAs: ['https://arxiv.org/abs/2603.00001', 'https://doi.org/10.1000/182'],
      identifier: 'arXiv:2603.00001',
      author: [
        { '@type': 'Person', name: 'Erdős Pál' },
        { '@type': 'Person', name: 'Ada Lovelace' },
      ],
      datePublished: '2026-03-03',
      license: 'http://creativecommons.org/licenses/by/4.0/',
    });
    const bare = toScholarlyArticle(
      aListedPaper({ registry: 'doi', identifier: '10.1000/1', authors: [] }),
      URL_OF_PAGE,
    );
    expect(bare.sameAs).toEqual(['https://doi.org/10.1000/1']);
    for (const absent of ['author', 'datePublished', 'dateModified', 'keywords', 'license'])
      expect(bare).not.toHaveProperty(absent);
  });
});

describe('citation tags', () => {
  test('name every author in order, and the dates as Google Scholar reads them', () => {
    const tags = toCitationTags(
      aListedPaper({
        authors: ['B Second', 'A First'],
        submittedAt: new Date('2026-03-01T23:30:00Z'),
        keywords: ['one', 'two'],
      }),
    );
    expect(tags).toEqual({
      citation_title: 'A Title',
      citation_author: ['B Second', 'A First'],
      citation_publication_date: '2026/03/01',
      citation_arxiv_id: '2603.00001',
      citation_pdf_url: 'https://arxiv.org/pdf/2603.00001',
      citation_keywords: 'one; two',
    });
  });

  test('a paper by its DOI has no PDF of ours to name', () => {
    const tags = toCitationTags(aListedPaper({ registry: 'doi', identifier: '10.1000/1' }));
    expect(tags.citation_doi).toBe('10.1000/1');
    expect(tags).not.toHaveProperty('citation_pdf_url');
  });
});

test.each([
  [
    'http://creativecommons.org/licenses/by-nc-sa/4.0/',
    /^Creative Commons Attribution-NonCommercial-ShareAlike 4.0/,
  ],
  ['https://creativecommons.org/publicdomain/zero/1.0/', /CC0 1.0/],
  ['http://arxiv.org/licenses/nonexclusive-distrib/1.0/', /arXiv’s own/],
  ['https://www.example.org/terms/', /^example.org\/terms$/],
  ['javascript:alert(1)', /^javascript:alert\(1\)$/],
  ['https://creativecommons.org/licenses/toString/4.0/', /^creativecommons.org/],
])('the licence %s in words', (url, words) => {
  expect(licenceName(url)).toMatch(words);
});
