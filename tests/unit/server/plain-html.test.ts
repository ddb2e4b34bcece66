import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EARLY_SCRIPT } from '#app/early-script.ts';
import { toPlainHtml as strip, toPlainLinks, toPlainPolicy } from '../../../server/plain-html.ts';
import { processorMs } from '../../support/processor-time.ts';

const HASH = createHash('sha256').update(EARLY_SCRIPT).digest('base64');

/** No page here has a style sheet of a build. */
const toPlainHtml = (html: string) => strip(html, '/nowhere');

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
    ['a comment that is none of the runtime’s', '<!-- printed in Bern -->'],
    ['text that speaks of scripts', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['a hidden element with something in it', '<div hidden="">later</div>'],
  ])('%s', (_, markup) => {
    expect(toPlainHtml(markup)).toBe(markup);
  });
});

test('the policy lets the one script in the page run, by its hash, and files of ours', () => {
  const policy = "default-src 'none'; script-src 'self' 'unsafe-inline'; img-src 'self'";
  expect(toPlainPolicy(policy)).toBe(
    `default-src 'none'; script-src 'self' 'sha256-${HASH}'; img-src 'self'`,
  );
});

test('the style sheet stands in the page, and what it needs is found from there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plain-html-'));
  mkdirSync(join(folder, 'static/chunks'), { recursive: true });
  writeFileSync(join(folder, 'static/chunks/a.css'), 'a{src:url(../media/b.woff2)}q::before{content:"→"}');
  const link = '<link rel="stylesheet" href="/_next/static/chunks/a.css" data-precedence="next"/>';
  expect(strip(link, folder)).toBe(
    '<style>a{src:url(/_next/static/media/b.woff2)}q::before{content:"→"}</style>',
  );
  rmSync(folder, { recursive: true });
});

test('a megabyte of opened scripts is read in linear time', () => {
  const html = '<script>'.repeat(130_000);
  expect(processorMs(() => toPlainHtml(html))).toBeLessThan(2_000);
});

test('a style sheet that is in the page is not fetched ahead; typefaces are', () => {
  const font = '</_next/static/media/text.woff2>; rel=preload; as="font"; crossorigin=""; type="font/woff2"';
  const styles = '</_next/static/chunks/a.css>; rel=preload; as="style"';
  expect(toPlainLinks(`${font}, ${styles}`)).toBe(font);
  expect(toPlainLinks(styles)).toBe('');
});
