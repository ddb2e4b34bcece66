import { expect, test } from 'vitest';
import { joinName, splitAuthors, turnName } from '#lib/ingest/arxiv/authors.ts';
import { processorMs } from '../../../support/processor-time.ts';

test.each([
  ['Simeon Warner', ['Simeon Warner']],
  [
    'Jane B. Jones, John F. Jones, and Steven Q. Smith',
    ['Jane B. Jones', 'John F. Jones', 'Steven Q. Smith'],
  ],
  ['Michael Dine, Yosef Nir and Yuri Shirman', ['Michael Dine', 'Yosef Nir', 'Yuri Shirman']],
  ['A. One & B. Two', ['A. One', 'B. Two']],
  ['H.Z. Jarvey (Eastern Fundamental Institute)', ['H.Z. Jarvey']],
  ['A. One (Inst. of X, Y and Z), B. Two', ['A. One', 'B. Two']],
  [
    'S. Gupta (1), P. Ade (1 and 2), M. Bowden\n  (1,4) ((1) Cardiff University, (2) JPL, (4) Caltech)',
    ['S. Gupta', 'P. Ade', 'M. Bowden'],
  ],
  ['E. Trigueros (1 and 2) and R. H. Barba (3)', ['E. Trigueros', 'R. H. Barba']],
  ['Yi (Alex) Zhang, B. Two', ['Yi Zhang', 'B. Two']],
  ['A. One (Inst, B. Two, C. Three', ['A. One', 'B. Two', 'C. Three']],
  ['A. One), B. Two', ['A. One', 'B. Two']],
  ['BELLE Collaboration: A. Person, Nother Person', ['BELLE Collaboration', 'A. Person', 'Nother Person']],
  ['EXO-200 Collaboration, :, J. B. Albert', ['EXO-200 Collaboration', 'J. B. Albert']],
  ['The DELPHI Collaboration, J. Abdallah, et al', ['The DELPHI Collaboration', 'J. Abdallah']],
  ['E. Grauges et al., Francesco Forti', ['E. Grauges', 'Francesco Forti']],
  ['Yong Liu, for the CALICE Collaboration', ['Yong Liu', 'for the CALICE Collaboration']],
  ['Fred Bloggs, Jr, An Other', ['Fred Bloggs, Jr', 'An Other']],
  ['Fred Bloggs Jr., Anatoly Zlotnik, Jr-Shin Li', ['Fred Bloggs Jr.', 'Anatoly Zlotnik', 'Jr-Shin Li']],
  ['John Smith, III, B. Two', ['John Smith, III', 'B. Two']],
  ['Giorgio Sabetta; Emma Perracchione', ['Giorgio Sabetta', 'Emma Perracchione']],
  ['The ATLAS R&D Project, Andrea Sandoval', ['The ATLAS R&D Project', 'Andrea Sandoval']],
  ['Ren\\\'e Descartes, {\\L}ukasz Ka\\v{c}, G\\"odel', ['René Descartes', 'Łukasz Kač', 'Gödel']],
  ['Ariando', ['Ariando']],
  ['', []],
  [' , ., 17, (Inst.) ', []],
])('%j is signed by %j', (line, authors) => {
  expect(splitAuthors(line)).toEqual(authors);
});

test('the order of thousands of names is kept, and a line without end has one', () => {
  const names = Array.from({ length: 5_000 }, (_, index) => `A. Author${index}`);
  expect(splitAuthors(names.join(', '))).toEqual(names);
  expect(splitAuthors('A, '.repeat(100_000))).toHaveLength(10_000);
});

test('deep and unclosed parentheses take no time', () => {
  const spentMs = processorMs(() => {
    splitAuthors(`A ${'('.repeat(200_000)}`);
    splitAuthors(`A ${'('.repeat(100_000)}${')'.repeat(100_000)}`);
  });
  expect(spentMs).toBeLessThan(3_000);
});

test.each([
  ['Baillie, Robert', 'Robert Baillie'],
  ['Rodrigues Jr, Waldyr A.', 'Waldyr A. Rodrigues Jr'],
  ['Finger, Jr., M.', 'M. Finger, Jr.'],
  ['Smith, John, Jr.', 'John Smith Jr.'],
  ['da Rocha, Roldao', 'Roldao da Rocha'],
  ['BESIII Collaboration', 'BESIII Collaboration'],
])('Dublin Core writes %j for %s', (creator, name) => {
  expect(turnName(creator)).toEqual([name]);
});

test('what is no name in Dublin Core is left out', () => {
  expect(['.', ':', ''].flatMap(turnName)).toEqual([]);
});

test('names in parts are joined in reading order', () => {
  expect(joinName('Waldyr A.', 'Rodrigues', 'Jr')).toEqual(['Waldyr A. Rodrigues Jr']);
  expect(joinName(null, 'The DELPHI Collaboration', null)).toEqual(['The DELPHI Collaboration']);
  expect(joinName(null, null, null)).toEqual([]);
});
