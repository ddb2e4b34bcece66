import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Reason } from '#components/paper/reason.tsx';
import { toCandidate } from '#lib/ranking/candidate.ts';
import { scoreOf } from '#lib/ranking/trending.ts';
import { USUAL_BY_DEFAULT } from '#lib/ranking/usual.ts';
import { DAY_MS } from '#lib/time.ts';

const AT = Date.parse('2026-11-24T10:00:00Z');
const FACTS = { id: 'a', list: null, category: null, listedAtMs: AT - 9 * DAY_MS, submittedAtMs: null };
const SERIES = { timesMs: [AT - 3 * DAY_MS, AT - DAY_MS], values: [120, 161] };
const scored = (series: Parameters<typeof toCandidate>[1]) =>
  scoreOf(toCandidate(FACTS, series, AT), USUAL_BY_DEFAULT, AT, { window: 'week' });

test('a reason has its words, its line and its arithmetic', () => {
  const markup = renderToStaticMarkup(
    <Reason score={scored({ stars: SERIES })} series={[{ kind: 'stars', ...SERIES }]} />,
  );
  expect(markup).toContain('<span>+41 GitHub stars in 2 days</span>');
  expect(markup).toContain('From 120 on 21 Nov 2026 to 161 GitHub stars on 23 Nov 2026');
  expect(markup).toMatch(/<summary[^>]*>Why is this here\?<\/summary>/);
  expect(markup).toContain('>+41 in 2 days, 161 in all</span>');
});

test('a paper without signals says so, and has no line', () => {
  const markup = renderToStaticMarkup(<Reason score={scored({})} series={[]} />);
  expect(markup).toContain('No signals yet');
  expect(markup).not.toContain('<svg');
});
