import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests of whole processes take up to a minute a file: one of these at the end would have a worker to itself. */
const LONGEST_FIRST = [
  'cli/set-up',
  'import/import-command',
  'cli/serve',
  'cli/commands',
  'ingest/harvest-kill',
  'ranking/rank-papers-killed',
  'cli/ranking',
].map((name) => `/tests/integration/${name}.test.ts`);

/** Vitest knows how long a file took last time, but a fresh clone has no last time. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST_FIRST.findIndex((path) => moduleId.endsWith(path));
      return at === -1 ? LONGEST_FIRST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    // One core is left to others where there are many; where there are two, each has its file.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/architecture.test.ts', 'tests/unit/**/*.test.{ts,tsx}'],
          // The longest read collections of hostile input, within 2 s; a busy machine takes some times as long.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
