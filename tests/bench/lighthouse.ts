/**
 * Lighthouse's four scores, mobile profile, of the newest edition and of a paper's page.
 *
 *   node tests/bench/lighthouse.ts [--json] [--runs 3] [path …]
 *
 * Of several runs the one with the median performance counts, as Lighthouse's own documentation advises.
 */
import { parseArgs } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse, { type Result } from 'lighthouse';
import { startSite } from './site/site.ts';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, runs: { type: 'string', default: '3' } },
});
const paths = positionals.length > 0 ? positionals : ['/', '/papers/2106.12052'];

const site = await startSite();
const chrome = await launch({
  ...(process.env.CHROMIUM && { chromePath: process.env.CHROMIUM }),
  chromeFlags: [
    '--headless=new',
    '--disable-gpu',
    '--disable-background-networking',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
});
try {
  const pages = [];
  for (const path of paths) pages.push(await examine(path));
  const report = { pages };
  process.stdout.write(`${flags.json ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`);
} finally {
  chrome.kill();
  await site.stop();
}

async function examine(path: string) {
  const results: Result[] = [];
  for (let run = 0; run < Number(flags.runs); run += 1) {
    const found = await lighthouse(site.url + path, { port: chrome.port, logLevel: 'error', output: 'json' });
    if (found === undefined) throw new Error(`Lighthouse found nothing at ${path}.`);
    results.push(found.lhr);
  }
  const sorted = results.toSorted((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'));
  const result = sorted[Math.floor(sorted.length / 2)];
  if (result === undefined) throw new Error('At least one run is needed.');
  const failed = Object.values(result.audits).filter((audit) => audit.score !== null && audit.score < 0.9);
  return {
    path,
    performance: scoreOf(result, 'performance'),
    accessibility: scoreOf(result, 'accessibility'),
    bestPractices: scoreOf(result, 'best-practices'),
    seo: scoreOf(result, 'seo'),
    largestContentfulPaintMs: measureOf(result, 'largest-contentful-paint'),
    totalBlockingMs: measureOf(result, 'total-blocking-time'),
    cumulativeLayoutShift: measureOf(result, 'cumulative-layout-shift'),
    bytes: measureOf(result, 'total-byte-weight'),
    failed: failed.map((audit) => audit.id),
  };
}

function scoreOf(result: Result, category: string): number {
  return Math.round((result.categories[category]?.score ?? 0) * 100);
}

function measureOf(result: Result, audit: string): number {
  return Math.round((result.audits[audit]?.numericValue ?? Number.NaN) * 1000) / 1000;
}
