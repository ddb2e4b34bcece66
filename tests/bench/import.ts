/**
 * How fast a bulk import is, into an embedded database with all its indexes: both arXiv files, twice, the second time
 * to change nothing.
 *
 *   node tests/bench/import.ts [--json] [--limit 20000]     prints one JSON line
 *
 * On a busy machine the seconds measure the machine; the milliseconds of CPU time per paper measure the program. Its
 * two processes work side by side, so that the greater of the two bounds the pace. `databasePeakRssMb` is what the
 * database takes with or without an import: WebAssembly memory is not given back.
 */

import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createGunzip, gzipSync } from 'node:zlib';
import pg from 'pg';
import { systemClock } from '#lib/clock.ts';
import { createDb } from '#lib/db/client.ts';
import { embeddedEnded, openEmbedded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { importPapers } from '#lib/import/import-papers.ts';
import { findSource } from '#lib/import/source.ts';

const DATA = process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../shared/data');
const FILES = ['arxiv-archive-sample-1986_2019.jsonl.gz', 'arxiv-daily-2025-03_2026-07.jsonl.gz'];
/** /proc counts CPU time in ticks of a hundredth of a second (getconf CLK_TCK). */
const TICK_MS = 10;

type Cpu = { readonly importerMs: number; readonly databaseMs: number };

function cpuOf(databasePid: number): Cpu {
  const { user, system } = process.cpuUsage();
  const importerMs = (user + system) / 1000;
  if (!existsSync('/proc/self/stat')) return { importerMs, databaseMs: Number.NaN };
  // The name in parentheses may hold spaces; after it, fields 12 and 13 are user and system time.
  const fields = readFileSync(`/proc/${databasePid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return { importerMs, databaseMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
}

function peakRssMbOf(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/status`)) return null;
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
}

/** The first lines of each file, packed again. */
async function cutFile(from: string, to: string, lines: number): Promise<void> {
  const kept: string[] = [];
  const input = createReadStream(from).pipe(createGunzip());
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (kept.length >= lines) break;
    kept.push(line);
  }
  writeFileSync(to, gzipSync(`${kept.join('\n')}\n`));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, limit: { type: 'string' } } });
  const missing = FILES.filter((name) => !existsSync(join(DATA, 'arxiv', name)));
  if (missing.length > 0) {
    console.log(JSON.stringify({ skipped: `no ${missing.join(', ')} in ${join(DATA, 'arxiv')}` }));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-import-'));
  try {
    const paths = FILES.map((name) => join(DATA, 'arxiv', name));
    if (values.limit !== undefined) {
      const lines = Math.ceil(Number(values.limit) / FILES.length);
      for (const [index, path] of paths.entries()) {
        const cut = join(folder, `${index}.jsonl.gz`);
        await cutFile(path, cut, lines);
        paths[index] = cut;
      }
    }
    console.log(JSON.stringify(await measure(folder, paths)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, paths: readonly string[]) {
  const url = await openEmbedded(folder);
  // The database ends with its last client.
  const keeper = new pg.Client({ connectionString: url });
  await keeper.connect();
  await migrate(url);
  const db = createDb(url);
  const databasePid = Number(JSON.parse(readFileSync(join(folder, 'database.json'), 'utf8')).pid);
  const indexes = await db.$queryRaw<unknown[]>`SELECT indexname FROM pg_indexes WHERE schemaname = 'public'`;

  const run = async () => {
    const counts = { seen: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0 };
    const cpu = cpuOf(databasePid);
    const beganAtMs = performance.now();
    for (const path of paths) {
      const source = await findSource(path);
      if (typeof source === 'string') throw new Error(source);
      const report = await importPapers({ db, clock: systemClock }, { source });
      if (report.brokenOff !== null) throw new Error(`${path}: ${report.brokenOff}`);
      for (const name of ['seen', 'inserted', 'updated', 'unchanged'] as const) counts[name] += report[name];
      counts.rejected += report.rejectedCount;
    }
    const seconds = (performance.now() - beganAtMs) / 1000;
    const after = cpuOf(databasePid);
    const perPaper = (ms: number) => Number((ms / counts.seen).toFixed(4));
    return {
      ...counts,
      seconds: Number(seconds.toFixed(2)),
      perSecond: Math.round(counts.seen / seconds),
      importerCpuMsPerPaper: perPaper(after.importerMs - cpu.importerMs),
      databaseCpuMsPerPaper: perPaper(after.databaseMs - cpu.databaseMs),
    };
  };

  const firstRun = await run();
  const secondRun = await run();
  const databasePeakRssMb = peakRssMbOf(databasePid);
  await db.$disconnect();
  await keeper.end();
  await embeddedEnded(folder, 20_000);
  const { seen, seconds, perSecond, ...outcome } = firstRun;
  const sumOf = (counts: typeof firstRun) =>
    counts.inserted + counts.updated + counts.unchanged + counts.rejected;
  return {
    records: seen,
    seconds,
    perSecond,
    ...outcome,
    secondRun,
    isIdentityKept: sumOf(firstRun) === seen && sumOf(secondRun) === secondRun.seen,
    isSecondRunIdle: secondRun.inserted === 0 && secondRun.updated === 0,
    importerPeakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    databasePeakRssMb,
    indexes: indexes.length,
  };
}

await main();
