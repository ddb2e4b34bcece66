/**
 * The day's page, kept, against a page of the same content that Next made at build, in the same `next start`; what a
 * hit asks of the database; and what the page weighs.
 *
 *   node tests/bench/pages.ts [--json] [--seconds 4] [--rounds 5] [--connections 10]
 *
 * The two are measured by turns, and medians compared, so that whatever else the machine does meets both alike.
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
    seconds: { type: 'string', default: '4' },
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

async function compareSpeed({ url, day, database, forgetPages }: Site) {
  const dayUrl = `${url}/date/${day}`;
  const staticUrl = `${url}/bench`;
  const rates = { day: [] as number[], static: [] as number[] };
  let messages = 0;
  const measureDay = async () => {
    const before = database.messages();
    rates.day.push(await load(dayUrl, seconds()));
    messages += database.messages() - before;
  };
  const measureStatic = async () => rates.static.push(await load(staticUrl, seconds()));
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    // Each round on pages just made: none is made anew while it is measured.
    await forgetPages();
    await load(staticUrl, WARM_UP_SECONDS);
    await load(dayUrl, WARM_UP_SECONDS);
    const turns = [measureDay, measureStatic];
    for (const measure of round % 2 === 0 ? turns : turns.toReversed()) await measure();
  }
  const [dayPerSecond, staticPerSecond] = [median(rates.day), median(rates.static)];
  return {
    dayPerSecond,
    staticPerSecond,
    ratio: Math.round((dayPerSecond / staticPerSecond) * 1000) / 1000,
    queriesOnHit: messages,
    staticHtmlBytes: (await fetchText(staticUrl)).length,
  };
}

function seconds(): number {
  return Math.min(Number(flags.seconds), KEPT_SECONDS / 2);
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
