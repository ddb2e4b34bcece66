/** Validators of the last complete response to each URL, for conditional requests. */
import type { Db } from '#lib/db/client.ts';
import type { Validators } from './outcome.ts';

/** Validators of the last complete response to `url`, or null. */
export async function findValidators(db: Db, url: string): Promise<Validators | null> {
  const row = await db.sourceResponse.findUnique({ where: { url } });
  return row === null ? null : { etag: row.etag, lastModified: row.lastModified };
}

export async function recordValidators(
  db: Db,
  url: string,
  validators: Validators & { fetchedAt: Date },
): Promise<void> {
  const { etag, lastModified, fetchedAt } = validators;
  await db.sourceResponse.upsert({
    where: { url },
    create: { url, etag, lastModified, fetchedAt },
    update: { etag, lastModified, fetchedAt },
  });
}

/** Deletes the validators of responses older than `before`; returns how many. */
export async function purgeValidators(db: Db, before: Date): Promise<number> {
  const { count } = await db.sourceResponse.deleteMany({ where: { fetchedAt: { lt: before } } });
  return count;
}
