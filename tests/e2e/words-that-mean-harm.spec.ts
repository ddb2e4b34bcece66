/**
 * Every naughty string and a fourth of the payloads, which vary few themes, as title, abstract, author and comment of a paper, in every place where papers
 * are shown: pages, feeds, citations, pictures; in a real browser, with its console watched. Last of all the tests, for
 * it fills days of its own with them.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import Parser from 'rss-parser';
import { HOSTILE, listHostileStrings } from './hostile-strings.ts';
import { paperboy } from './paperboy.ts';

const PAPERS_A_DAY = 400;
const FIRST_DAY = Date.UTC(2019, 0, 1);

const texts = listHostileStrings(4).filter((text) => text.trim() !== '');
const days = [...new Set(texts.map((_, at) => dayOf(at)))];

test.skip(texts.length === 0, `there are no hostile strings at ${HOSTILE}`);
test.describe.configure({ mode: 'serial' });

function dayOf(at: number): string {
  return new Date(FIRST_DAY + Math.floor(at / PAPERS_A_DAY) * 86_400_000).toISOString().slice(0, 10);
}

function idOf(at: number): string {
  return `1901.${String(at + 1).padStart(5, '0')}`;
}

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
  'main :is(script, img, iframe, object, embed, svg, form:not([action="/date"]), style, link, base, meta, video, audio)';

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

test.beforeAll(async () => {
  test.setTimeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-hostile-'));
  const file = join(folder, 'papers.jsonl');
  const lines = texts.map((text, at) =>
    JSON.stringify({
      id: idOf(at),
      title: text,
      abstract: `${text}\n\nAnd again: ${text}`,
      authors: [text, `${text} Smith`],
      categories: ['cs.CR'],
      comment: text,
      'journal-ref': text,
      first_listed: dayOf(at),
    }),
  );
  writeFileSync(file, lines.join('\n').toWellFormed());
  await paperboy('import', file);
  rmSync(folder, { recursive: true });
});

test('on the pages of their days', async ({ page, request }) => {
  test.setTimeout(600_000);
  expect(texts.length).toBeGreaterThan(1000);
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
  expect(shown).toBeGreaterThan(texts.length * 0.95);
});

test('on pages of their own, with the keys of the reader', async ({ page }) => {
  test.setTimeout(600_000);
  const alarms = watch(page);
  for (let at = 0; at < texts.length; at += 40) {
    const answer = await page.goto(`/papers/${idOf(at)}`, { waitUntil: 'load' });
    expect(answer?.status() ?? 0).toBeLessThan(500);
    await expectHarmless(page);
    await page.keyboard.press('s');
  }
  await page.goto('/library', { waitUntil: 'load' });
  await expectHarmless(page);
  expect(await page.locator('.library-list > li').count()).toBeGreaterThan(25);
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
  for (let at = 0; at < texts.length; at += 20) {
    for (const ending of ['bib', 'ris', 'json', 'md', 'txt']) {
      const answer = await request.get(`/papers/${idOf(at)}.${ending}`);
      expect(answer.status(), `${idOf(at)}.${ending}`).toBeLessThan(500);
    }
    if (at % 100 === 0) expect((await request.get(`/cards/${idOf(at)}.png`)).status()).toBeLessThan(500);
  }
  for (let at = 0; at < texts.length; at += 400) {
    for (const ending of ['json', 'txt']) await page.goto(`/papers/${idOf(at)}.${ending}`);
  }
  expect(alarms).toEqual([]);
});

test('in the addresses of everything that programs ask for', async ({ request }) => {
  test.setTimeout(600_000);
  const failures: string[] = [];
  for (let at = 0; at < texts.length; at += 8) {
    const encoded = encodeURIComponent((texts[at] ?? '').toWellFormed());
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
  }
  expect(failures).toEqual([]);
});
