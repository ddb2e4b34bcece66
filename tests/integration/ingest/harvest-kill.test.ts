/** A smaller version of `npm run bench -- harvest-kill`. */
import { expect, test } from 'vitest';
import { recordingsAbsent } from '../../support/arxiv-replay.ts';
import { freshDatabase } from '../../support/database.ts';
import { killHarvests } from '../../support/kill-harvests.ts';

test.skipIf(recordingsAbsent)(
  'harvests killed at random instants and resumed leave the database of an undisturbed one',
  async () => {
    const { db, url } = await freshDatabase();
    const plan = { kills: 5, seed: 7, records: 600, pageRecords: 100, withinMs: 700 };
    expect(await killHarvests({ db, url }, plan)).toMatchObject({ kills: 5, equal: true, papers: 600 });
  },
  180_000,
);
