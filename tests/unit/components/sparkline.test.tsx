import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Sparkline } from '#components/paper/sparkline.tsx';
import { HOUR_MS } from '#lib/time.ts';

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const draw = (timesMs: number[], values: number[]) =>
  renderToStaticMarkup(<Sparkline kind="stars" timesMs={timesMs} values={values} />);

test('a rising signal is a line that says from where to where', () => {
  const markup = draw([at('2026-11-01'), at('2026-11-02'), at('2026-11-03')], [120, 140, 1161]);
  expect(markup).toContain('aria-label="From 120 on 1 Nov 2026 to 1,161 GitHub stars on 3 Nov 2026"');
  expect(markup).toContain('points="3 25 60 24.6 117 3"');
});

test('fewer than two readings are no line', () => {
  expect(draw([], [])).toBe('');
  expect(draw([at('2026-11-01')], [5])).toBe('');
  expect(draw([at('2026-11-01'), at('2026-11-01')], [5, 6])).toBe('');
});

test('a signal that stands still lies flat at the bottom, and no figure is not a number', () => {
  const markup = draw([at('2026-11-01'), Number.NaN, at('2026-11-03')], [0, 3, 0]);
  expect(markup).toContain('points="3 25 117 25"');
  expect(markup).not.toContain('NaN');
});

test('a rise of one among thousands looks as small as it is', () => {
  expect(draw([at('2026-11-01'), at('2026-11-03')], [10_000, 10_001])).toContain('points="3 25 117 24.9"');
});

test('a thousand readings are thinned to what can be seen, both ends kept', () => {
  const hours = Array.from({ length: 1000 }, (_, hour) => hour);
  const markup = draw(
    hours.map((hour) => at('2026-01-01') + hour * HOUR_MS),
    hours,
  );
  expect(markup.match(/points="([^"]*)"/)?.[1]?.split(' ').length).toBeLessThanOrEqual(122);
  expect(markup).toContain('From 0 on 1 Jan 2026 to 999 GitHub stars on 11 Feb 2026');
});
