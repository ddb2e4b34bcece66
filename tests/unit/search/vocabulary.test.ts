import { expect, test } from 'vitest';
import { countTerms } from '#lib/search/index/vocabulary.ts';

const paper = (titleText: string, abstractText: string) => ({ titleText, abstractText });

function writtenOf(papers: Parameters<typeof countTerms>[0], stem: string) {
  const found = countTerms(papers).find((term) => term.stem === stem);
  return found === undefined ? undefined : { papers: found.papers, word: found.word, written: found.written };
}

test('a term counts once in a paper and is shown as abstracts write it most often', () => {
  const papers = [
    paper('Learned Representations', 'Learning is hard. We learn by learning.'),
    paper('LEARNING', 'It learns; learning ends.'),
  ];
  expect(writtenOf(papers, 'learn')).toEqual({ papers: 2, word: 'learning', written: 'learning' });
});

test('capitals and accents stay where they belong to the word', () => {
  const papers = [paper('bert', 'By BERT we solve the Schrödinger equation.')];
  expect(writtenOf(papers, 'bert')?.written).toBe('BERT');
  expect(writtenOf(papers, 'schroding')).toMatchObject({ word: 'schrodinger', written: 'Schrödinger' });
  expect(writtenOf(papers, 'schroeding')).toMatchObject({ word: 'schroedinger', written: 'Schrödinger' });
});

test('a title has the say where no abstract has the word, and its capitals are taste', () => {
  const papers = [paper('Attention by BERT', 'Nothing else.')];
  expect([writtenOf(papers, 'attent')?.written, writtenOf(papers, 'bert')?.written]).toEqual([
    'attention',
    'BERT',
  ]);
});

test('a compound of two is written with its hyphen, a part of a longer one is nothing to suggest', () => {
  const papers = [paper('', 'A non-invasive state-of-the-art method.')];
  expect(writtenOf(papers, 'noninvas')).toEqual({ papers: 1, word: 'noninvasive', written: 'non-invasive' });
  expect(writtenOf(papers, 'stateof')).toEqual({ papers: 1, word: 'stateof', written: null });
  expect(writtenOf(papers, 'state')?.written).toBe('state');
});
