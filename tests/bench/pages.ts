/**
 * Kept pages of a day, a category, what is trending and a paper, each against a static page of its size that Next made
 * at build, as `next start` sends it; what a hit asks of the database; and what the day's page weighs.
 *
 *   node tests/bench/pages.ts [--json] [--seconds 3] [--rounds 5] [--connections 10]
 *
 * All are measured by turns, and medians compared, so that whatever else the machine does meets all alike. The static
 * pages are the day's and a short one; between the two, what a page costs grows with its length.
 */
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import autocannon from 'autocannon';
import { type Site, startSite } from './site/site.ts';

/** A kept page is made anew after this; the measurement must end before. */
const KEPT_SECONDS = 60;
const WARM_UP_SECONDS = 1;

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '10' },
  },
});

const site = await startSite();
try {
  const report = { ...(await compareSpeed(site)), ...(await weigh(site, `/date/${site.day}`)) };
  process.stdout.write(`${flags.json ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`);
} finally {
  await site.stop();
}

type Measured = { readonly address: string; readonly bytes: number; readonly rates: number[] };

async function compareSpeed({ url, nextUrl, day, database, forgetPages }: Site) {
  const measured = async (path: string, server = url): Promise<Measured> => {
    const address = server + path;
    return { address, bytes: (await fetchText(address)).length, rates: [] };
  };
  const kinds = {
    day: await measured(`/date/${day}`),
    category: await measured('/list/cs.CV'),
    trending: await measured('/trending'),
    paper: await measured('/papers/2106.12052'),
  };
  const [long, short] = [await measured('/bench', nextUrl), await measured('/bench/short', nextUrl)];
  const all = [...Object.values(kinds), long, short];
  let queriesOnHit = 0;
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    // Each round on pages just made: none is made anew while it is measured.
    await forgetPages();
    for (const { address } of all) await load(address, WARM_UP_SECONDS);
    const before = database.messages();
    for (const { address, rates } of round % 2 === 0 ? all : all.toReversed())
      rates.push(await load(address, seconds()));
    queriesOnHit += database.messages() - before;
  }
  const compared = Object.entries(kinds).map(([name, { bytes, rates }]) => {
    const [kept, still] = [median(rates), staticRate(bytes, long, short)];
    return [
      name,
      { bytes, perSecond: kept, staticPerSecond: Math.round(still), ratio: ratioOf(kept, still) },
    ];
  });
  return { ...Object.fromEntries(compared), queriesOnHit };
}

/** Of a static page of `bytes`, by the time that a byte more takes. */
function staticRate(bytes: number, long: Measured, short: Measured): number {
  const [longMs, shortMs] = [1_000 / median(long.rates), 1_000 / median(short.rates)];
  return 1_000 / (shortMs + ((longMs - shortMs) * (bytes - short.bytes)) / (long.bytes - short.bytes));
}

function ratioOf(kept: number, still: number): number {
  return Math.round((kept / still) * 1000) / 1000;
}

function seconds(): number {
  return Math.min(Number(flags.seconds), KEPT_SECONDS / 10);
}

/** Requests per second. Throws when an answer is not 200: a failure is quickly made. */
async function load(url: string, duration: number): Promise<number> {
  const result = await autocannon({ url, duration, connections: Number(flags.connections) });
  if (result.errors > 0 || result.non2xx > 0)
    throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} bad`);
  return Math.round(result.requests.average);
}

async function weigh({ url }: Site, path: string) {
  const html = await fetchText(url + path);
  const scripts = [
    ...new Set([...html.matchAll(/<script[^>]*\bsrc="([^"]+)"/g)].map(([, src]) => src ?? '')),
  ];
  const bodies = await Promise.all(scripts.map((src) => fetchText(new URL(src, url).href)));
  return {
    papers: html.split('<article').length - 1,
    htmlBytes: Buffer.byteLength(html),
    htmlGzipBytes: gzipSync(html).length,
    jsGzipBytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0),
  };
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
  return response.text();
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
