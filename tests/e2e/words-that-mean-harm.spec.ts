/**
 * Words that mean harm as title, abstract, author, category and comment of a paper, in every place where papers are
 * shown: pages, lists, feeds, citations, pictures; in a real browser, with its console watched.
 */
import { expect, type Page, test } from '@playwright/test';
import Parser from 'rss-parser';
import { atOnce } from './at-once.ts';
import { listHostilePapers } from './generated-papers.ts';
import { HOSTILE } from './hostile-strings.ts';

const { papers, sampled } = listHostilePapers();
const days = [...new Set(papers.map(({ day }) => day))];
/** What is tried at some papers is tried at some of these. */
const sample = papers.slice(0, sampled);
const everyOf = (step: number) => sample.filter((_, at) => at % step === 0);

test.skip(papers.length === 0, `there are no hostile strings at ${HOSTILE}`);

/** Whatever would show that something of a paper ran, or was even tried to. */
function watch(page: Page): string[] {
  const alarms: string[] = [];
  page.on('dialog', (dialog) => {
    alarms.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // Some words are no title, so their paper is not there.
    if (message.type() === 'error' && !/status of 404/.test(message.text())) alarms.push(message.text());
  });
  page.on('pageerror', (error) => alarms.push(String(error)));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^https?:$/.test(protocol) && hostname !== 'localhost') alarms.push(`request: ${request.url()}`);
  });
  return alarms;
}

const FOREIGN =
  'main :is(script:not([type="application/ld+json"], [src="/reader/library.js"]), img, iframe, object, embed, svg, form:not([action="/date"]), style, link, base, meta, video, audio)';

async function expectHarmless(page: Page): Promise<void> {
  expect(await page.locator(FOREIGN).count()).toBe(0);
  const wrong = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) =>
        [...element.attributes].some(
          ({ name, value }) =>
            /^on/i.test(name) ||
            (/^(?:href|src|action)$/i.test(name) && !/^(?:https?:|\/|#|data:image)/i.test(value)),
        ),
      )
      .map((element) => element.outerHTML.slice(0, 200)),
  );
  expect(wrong).toEqual([]);
}

test('on the pages of their days', async ({ page, request }) => {
  test.setTimeout(600_000);
  expect(sample.length).toBeGreaterThan(1000);
  expect(papers.length).toBeGreaterThan(3000);
  const alarms = watch(page);
  let shown = 0;
  for (const day of days) {
    for (let path = `/date/${day}`, number = 1; ; number += 1, path = `/date/${day}/${number}`) {
      if (number > 1 && (await request.get(path)).status() === 404) break;
      const answer = await page.goto(path, { waitUntil: 'load' });
      expect(answer?.status()).toBe(200);
      await expectHarmless(page);
      shown += await page.locator('.story').count();
    }
  }
  expect(alarms).toEqual([]);
  // Some hold no letter that could be a title, and are refused.
  expect(shown).toBeGreaterThan(papers.length * 0.95);
});

test('in lists', async ({ page }) => {
  const alarms = watch(page);
  for (const path of [
    '/week/2019-W01',
    '/list/cs.CR',
    `/list/cs.CR/${days[0]}`,
    '/list/cs.CR?sort=upvotes',
  ]) {
    const answer = await page.goto(path, { waitUntil: 'load' });
    expect(answer?.status(), path).toBe(200);
    await expectHarmless(page);
    expect(await page.locator('.story').count(), path).toBeGreaterThan(30);
  }
  expect(alarms).toEqual([]);
});

test('on pages of their own, with the keys of the reader', async ({ page }) => {
  test.setTimeout(600_000);
  const alarms = watch(page);
  for (const { id } of everyOf(40)) {
    const answer = await page.goto(`/papers/${id}`, { waitUntil: 'load' });
    expect(answer?.status() ?? 0).toBeLessThan(500);
    await expectHarmless(page);
    await page.keyboard.press('s');
  }
  await page.goto('/library', { waitUntil: 'load' });
  await expectHarmless(page);
  expect(await page.locator('#library li').count()).toBeGreaterThan(25);
  expect(alarms).toEqual([]);
});

test('in feeds, whose entries are put into a page that allows everything', async ({ page, request }) => {
  test.setTimeout(600_000);
  const alarms = watch(page);
  for (const day of days) {
    for (const format of ['rss', 'atom'] as const) {
      const read = await new Parser().parseString(
        await (await request.get(`/feeds/date/${day}.${format}`)).text(),
      );
      expect(read.items.length).toBeGreaterThan(1);
    }
    const feed = await (await request.get(`/feeds/date/${day}.json`)).json();
    const html = feed.items
      .map((item: { content_html: string }) => `<article>${item.content_html}</article>`)
      .join('');
    await page.setContent(`<main>${html}</main>`, { waitUntil: 'load' });
    await expectHarmless(page);
  }
  expect(alarms).toEqual([]);
});

test('in citations and pictures', async ({ page, request }) => {
  test.setTimeout(600_000);
  const alarms = watch(page);
  const paths = [
    ...everyOf(20).flatMap(({ id }) =>
      ['bib', 'ris', 'json', 'md', 'txt'].map((ending) => `/papers/${id}.${ending}`),
    ),
    ...everyOf(100).map(({ id }) => `/cards/${id}.png`),
  ];
  await atOnce(paths, 4, async (path) => {
    expect((await request.get(path)).status(), path).toBeLessThan(500);
  });
  for (const { id } of everyOf(400)) {
    for (const ending of ['json', 'txt']) await page.goto(`/papers/${id}.${ending}`);
  }
  expect(alarms).toEqual([]);
});

test('in the addresses of everything that programs ask for', async ({ request }) => {
  test.setTimeout(600_000);
  const failures: string[] = [];
  await atOnce(everyOf(8), 4, async ({ text }) => {
    const encoded = encodeURIComponent(text.toWellFormed());
    const paths = [
      `/papers/${encoded}.bib`,
      `/cards/${encoded}.png`,
      `/feeds/${encoded}.rss`,
      `/feeds/author/${encoded}.json`,
      `/feeds/list/${encoded}.atom`,
      `/sitemaps/${encoded}.xml`,
    ];
    for (const path of paths) {
      const answer = await request.get(path, {
        maxRedirects: 0,
        headers: {
          cookie: `a=${encoded}`,
          accept: encoded.slice(0, 100),
          'if-none-match': encoded,
          'if-modified-since': encoded,
        },
      });
      if (answer.status() >= 500) failures.push(`${answer.status()} ${path}`);
    }
  });
  expect(failures).toEqual([]);
});
