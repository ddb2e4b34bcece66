import { isValidElement } from 'react';
import { expect, test } from 'vitest';
import { insertMarkup, openShelf } from '#app/markup-shelf.ts';
import { StaticMarkup } from '#app/static-markup.tsx';

test('what stands in it waits as markup in ASCII; where nobody would put it in, it goes the usual way', () => {
  const story = <p title="é">Łukasz &amp; “co”</p>;
  expect(StaticMarkup({ children: story })).toBe(story);
  openShelf();
  const place = StaticMarkup({ children: story });
  if (!isValidElement<{ 'data-markup': number }>(place)) throw new Error('no element');
  expect(insertMarkup(`<div data-markup="${place.props['data-markup']}"></div>`)).toBe(
    '<p title="&#233;">&#321;ukasz &amp; &#8220;co&#8221;</p>',
  );
});
