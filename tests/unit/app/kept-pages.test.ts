import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import KeptPages from '#app/kept-pages.ts';
import { shelveMarkup } from '#app/markup-shelf.ts';

const pages = new KeptPages();
const aPage = (html: string) => ({ kind: 'APP_PAGE', html, rscData: new Uint8Array(10) });

beforeEach(() => pages.revalidateTag());

test('a page that was never kept is none', async () => {
  expect(await pages.get('/date/2025-03-12')).toBeNull();
});

test('a page is kept as plain HTML, and whoever gave it goes on with the same', async () => {
  const page = aPage('<p>news</p><script>x</script>');
  await pages.set('a', page);
  expect(page.html).toBe('<p>news</p>');
  expect((await pages.get('a'))?.value).toBe(page);
});

test('an answer that is no page is kept as it is', async () => {
  const answer = { kind: 'APP_ROUTE', html: '<script>x</script>' };
  await pages.set('a', answer);
  expect(answer.html).toBe('<script>x</script>');
});

test('when papers change, nothing is kept', async () => {
  await pages.set('a', aPage('a'));
  await pages.set('b', null);
  await pages.revalidateTag();
  expect(await pages.get('a')).toBeNull();
  expect(await pages.get('b')).toBeNull();
});

test('beyond the limit those that were not asked for longest go first', async () => {
  const megabyte = 'x'.repeat(1_000_000);
  for (let n = 0; n < 60; n += 1) await pages.set(`page ${n}`, aPage(megabyte));
  await pages.get('page 0');
  for (let n = 60; n < 70; n += 1) await pages.set(`page ${n}`, aPage(megabyte));
  expect(await pages.get('page 0')).not.toBeNull();
  expect(await pages.get('page 1')).toBeNull();
  expect(await pages.get('page 69')).not.toBeNull();
});

test('a page that is made anew takes the place of the old one', async () => {
  const megabyte = 'x'.repeat(1_000_000);
  for (let n = 0; n < 80; n += 1) await pages.set('the same', aPage(megabyte));
  await pages.set('another', aPage('y'));
  expect(await pages.get('the same')).not.toBeNull();
});

test('a page larger than all there is room for is not kept, and does not count for ever', async () => {
  await pages.set('huge', aPage('x'.repeat(65_000_000)));
  expect(await pages.get('huge')).toBeNull();
  await pages.set('small', aPage('x'));
  expect(await pages.get('small')).not.toBeNull();
});

test('a page that is one reader’s own is made plain, and never kept', async () => {
  const page = aPage('<p>yours</p><script>x</script>');
  await pages.set('/manage/token/asked/Pw', page);
  expect(page.html).toBe('<p>yours</p>');
  expect(await pages.get('/manage/token/asked/Pw')).toBeNull();
});

test('parts that were written before are put in their places, once', async () => {
  const one = shelveMarkup('<main>$& one</main>', 0);
  const other = shelveMarkup('<p>other</p>', 0);
  const page = aPage(`<body><div data-markup="${one}"></div><div data-markup="${other}"></div></body>`);
  await pages.set('a', page);
  expect(page.html).toBe('<body><main>$& one</main><p>other</p></body>');
  await expect(pages.set('b', aPage(`<div data-markup="${one}"></div>`))).rejects.toThrow('is gone');
});

test('the style sheet stands in the page, and what it needs is found from there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kept-pages-'));
  await mkdir(join(folder, 'static/chunks'), { recursive: true });
  await writeFile(join(folder, 'static/chunks/a.css'), 'a{src:url(../media/b.woff2)}q::before{content:"→"}');
  const page = aPage('<link rel="stylesheet" href="/_next/static/chunks/a.css" data-precedence="next"/>');
  await new KeptPages({ serverDistDir: join(folder, 'server') }).set('a', page);
  expect(page.html).toBe(
    '<style>a{src:url(/_next/static/media/b.woff2)}q::before{content:"\\2192 "}</style>',
  );
  await rm(folder, { recursive: true });
});
