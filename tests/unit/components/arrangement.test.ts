import { expect, test } from 'vitest';
import { arrange } from '#components/edition/arrangement.ts';
import { fitBeside, leadHeadlineSize } from '#components/edition/copy-fitting.ts';

const aStory = (number: number, titleChars = 60, abstractChars = 1_300) => ({
  number,
  titleText: 'x'.repeat(titleChars),
  abstractText: 'x'.repeat(abstractChars),
});
const stories = (count: number) => Array.from({ length: count }, (_, number) => aStory(number));

test.each([0, 1, 2, 3, 4, 5, 13, 14, 67, 500])('of %i papers none is lost, and rank is kept', (count) => {
  const { lead, seconds, features, briefs } = arrange(stories(count));
  const placed = [
    ...(lead === undefined ? [] : [lead]),
    ...seconds.map(({ story }) => story),
    ...features,
    ...briefs,
  ];
  expect(placed.map((story) => story.number)).toEqual(stories(count).map((story) => story.number));
});

test('a few papers are features, many go in brief', () => {
  expect(arrange(stories(10)).briefs).toHaveLength(0);
  const many = arrange(stories(40));
  expect(many.features).toHaveLength(6);
  expect(many.briefs.length).toBeGreaterThan(20);
});

test('a tall lead has more beside it than a short one', () => {
  const beside = [aStory(1), aStory(2), aStory(3)];
  const tall = fitBeside(aStory(0, 90, 2_000), beside);
  const short = fitBeside(aStory(0, 20, 400), beside);
  expect(tall.length).toBeGreaterThan(short.length);
  expect(short).toHaveLength(1);
});

test('a story beside the lead shows a few lines at least, and no more than it has', () => {
  const [brief] = fitBeside(aStory(0, 90, 2_000), [aStory(1, 60, 80)]);
  expect(brief?.lines).toBe(2);
  const [squeezed] = fitBeside(aStory(0, 10, 50), [aStory(1, 140, 2_000)]);
  expect(squeezed?.lines).toBe(3);
});

test('long headlines are set smaller', () => {
  expect(leadHeadlineSize('x'.repeat(30))).toBe('large');
  expect(leadHeadlineSize('x'.repeat(60))).toBe('medium');
  expect(leadHeadlineSize('x'.repeat(150))).toBe('small');
});
