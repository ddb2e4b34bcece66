import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { EARLY_SCRIPT } from '#app/early-script.ts';
import { toPlainHtml } from '#app/plain-html.ts';
import { processorMs } from '../../support/processor-time.ts';

const HASH = createHash('sha256').update(EARLY_SCRIPT).digest('base64');
const POLICY = `<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'sha256-${HASH}'"/>`;

describe('what goes', () => {
  test.each([
    ['a script of the runtime', '<script src="/_next/static/chunks/a.js" async=""></script>'],
    ['its polyfills', '<script src="/_next/static/chunks/a.js" noModule=""></script>'],
    ['the data it would start from', '<script>self.__next_f.push([1,"<p>\\u003c/p> a < b"])</script>'],
    ['its own start', '<script id="_R_">(globalThis["TURBOPACK"]||[]).push({})</script>'],
    ['a script that only begins like ours', `<script>${EARLY_SCRIPT};alert(1)</script>`],
    ['a script that holds the beginning of another', '<script>"<script>"</script>'],
    [
      'the order to fetch it early',
      '<link rel="preload" as="script" fetchPriority="low" href="/_next/a.js"/>',
    ],
    ['where a boundary begins and ends', '<!--$--><!--/$-->'],
    ['where a boundary fell back', '<!--$!--><!--/$-->'],
    ['where two texts meet', '<!-- -->'],
    ['the holder of metadata', '<div hidden=""><!--$--><!--/$--></div>'],
  ])('%s', (_, markup) => {
    expect(toPlainHtml(`<p>one</p>${markup}<p>two</p>`)).toBe('<p>one</p><p>two</p>');
  });
});

describe('what stays', () => {
  test.each([
    ['data for search engines', '<script type="application/ld+json">{"@type":"ScholarlyArticle"}</script>'],
    ['a script of ours', '<script src="/reader.js" defer=""></script>'],
    ['the reader’s settings, put on the page before it is shown', `<script>${EARLY_SCRIPT}</script>`],
    ['a font fetched early', '<link rel="preload" href="/_next/static/media/a.woff2" as="font"/>'],
    ['the style sheet', '<link rel="stylesheet" href="/_next/static/chunks/a.css"/>'],
    ['a comment that is none of the runtime’s', '<!-- printed in Bern -->'],
    ['text that speaks of scripts', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['a hidden element with something in it', '<div hidden="">later</div>'],
  ])('%s', (_, markup) => {
    expect(toPlainHtml(markup)).toBe(markup);
  });
});

test('the head says first of all that no other script may run', () => {
  const html = toPlainHtml('<html><head><meta charSet="utf-8"/><title>A</title></head><body></body></html>');
  expect(html).toBe(
    `<html><head><meta charSet="utf-8"/>${POLICY}<title>A</title></head><body></body></html>`,
  );
});

test.each([
  ['text', '<p title="Ł">Łukasz 𝒪(n²)</p>', '<p title="&#321;">&#321;ukasz &#119978;(n&#178;)</p>'],
  ['half of a pair', '<p>\ud835</p>', '<p>&#65533;</p>'],
  [
    'data',
    '<script type="application/ld+json">{"name":"Ł 𝒪"}</script><b>é</b>',
    '<script type="application/ld+json">{"name":"\\u0141 \\ud835\\udcaa"}</script><b>&#233;</b>',
  ],
  ['a style sheet', '<style>a::after{content:"→b"}</style>', '<style>a::after{content:"\\2192 b"}</style>'],
])('%s is written in ASCII, and means the same', (_, given, ascii) => {
  expect(toPlainHtml(given)).toBe(ascii);
});

test('a megabyte of opened scripts is read in linear time', () => {
  const html = '<script>'.repeat(130_000);
  expect(processorMs(() => toPlainHtml(html))).toBeLessThan(2_000);
});
