import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listGeneratedPapers } from './generated-papers.ts';
import { fixture, paperboy } from './paperboy.ts';

/** Beside the sample edition of 12 March 2025: two earlier days, one with papers that mean harm, and long lists. */
export default async function bringPapers(): Promise<void> {
  await paperboy('ingest', 'huggingface', '--from', fixture('before'));
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-e2e-'));
  const file = join(folder, 'generated.jsonl');
  writeFileSync(
    file,
    listGeneratedPapers()
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  await paperboy('import', file);
  rmSync(folder, { recursive: true });
}
