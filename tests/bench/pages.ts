/**
 * Requests per second of cached pages (a day, a category, trending, a paper) from the server in front of Next, against a
 * page that Next rendered at build (`/offline`) as `next start` of the same build sends it; what a hit asks of the
 * database; and what the day's page weighs. `/offline` is shorter than the others, so the comparison is in its favour.
 *
 *   node tests/bench/pages.ts [--json] [--seconds 3] [--rounds 5] [--connections 10]
 *
 * All are measured in turns and medians are compared, so that changes of the machine's pace affect all alike.
 */
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import autocannon from 'autocannon';
import { type Site, startSite } from './site/site.ts';

/** A cached page is rendered again after this; a round must end before. */
const CACHED_SECONDS = 60;
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

async function compareSpeed({ url, nextUrl, day, database, clearCache }: Site) {
  const measured = async (address: string): Promise<Measured> => ({
    address,
    bytes: (await fetchText(address)).length,
    rates: [],
  });
  const pages = {
    day: await measured(`${url}/date/${day}`),
    category: await measured(`${url}/list/cs.CV`),
    trending: await measured(`${url}/trending`),
    paper: await measured(`${url}/papers/2106.12052`),
  };
  const built = await measured(`${nextUrl}/offline`);
  const all = [...Object.values(pages), built];
  let queriesOnHit = 0;
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    // Each round on pages just rendered: none expires while it is measured.
    await clearCache();
    for (const { address } of all) await load(address, WARM_UP_SECONDS);
    const before = database.messages();
    for (const { address, rates } of round % 2 === 0 ? all : all.toReversed())
      rates.push(await load(address, seconds()));
    queriesOnHit += database.messages() - before;
  }
  const builtPerSecond = median(built.rates);
  const compared = Object.entries(pages).map(([name, { bytes, rates }]) => {
    const perSecond = median(rates);
    return [name, { bytes, perSecond, ratio: ratioOf(perSecond, builtPerSecond) }];
  });
  return {
    ...Object.fromEntries(compared),
    nextStart: { bytes: built.bytes, perSecond: builtPerSecond },
    queriesOnHit,
  };
}

function ratioOf(one: number, other: number): number {
  return Math.round((one / other) * 100) / 100;
}

function seconds(): number {
  return Math.min(Number(flags.seconds), CACHED_SECONDS / 10);
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
