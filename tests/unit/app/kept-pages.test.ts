import { beforeEach, expect, test } from 'vitest';
import KeptPages from '#app/kept-pages.ts';

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
  for (let n = 0; n < 200; n += 1) await pages.set('the same', aPage(megabyte));
  await pages.set('another', aPage('y'));
  expect(await pages.get('the same')).not.toBeNull();
});

test('a page larger than all there is room for is not kept, and does not count for ever', async () => {
  await pages.set('huge', aPage('x'.repeat(65_000_000)));
  expect(await pages.get('huge')).toBeNull();
  await pages.set('small', aPage('x'));
  expect(await pages.get('small')).not.toBeNull();
});

test('a search is made plain, and never kept', async () => {
  const page = aPage('<p>found</p><script>x</script>');
  await pages.set('/search/asked/P3E9YQ', page);
  expect(page.html).toBe('<p>found</p>');
  expect(await pages.get('/search/asked/P3E9YQ')).toBeNull();
});
