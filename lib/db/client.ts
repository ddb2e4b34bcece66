/** The one way to a database: Prisma over node-postgres, for the embedded database and for any other alike. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { MINUTE_MS } from '#lib/time.ts';
import { PrismaClient } from './generated/client.ts';

export type Db = PrismaClient;

/**
 * A database, the inside of a transaction of Prisma's, or that of `transact`. Int, text, boolean and arrays of them come
 * alike from each; bigint, numeric and dates do not and are to be cast.
 */
export type Queryable = {
  $queryRawUnsafe<Rows>(sql: string, ...values: unknown[]): Promise<Rows>;
  /** Resolves to the number of rows written. */
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
};

/** node-postgres waits for ever by default; a database that cannot be had is an error to tell, not a page that hangs. */
const CONNECT_MS_MAX = 10_000;

/** Of each statement of a transaction: the largest set takes half a second, the rest is for waiting for others. */
const STATEMENT_MS_MAX = MINUTE_MS;

// On globalThis: Next loads this module once for pages and once for routes, and they share their database.
const shared: typeof globalThis & { paperboyPools?: WeakMap<Db, pg.Pool> } = globalThis;
shared.paperboyPools ??= new WeakMap();
const pools = shared.paperboyPools;

/**
 * Opens lazily: the first query connects. `poolMax` counts connections of this process. `$disconnect` ends them all, once
 * transactions under way have ended; nothing can be asked after it.
 */
export function createDb(url: string, poolMax = 8): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolMax,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  // A connection that breaks while nobody uses it is gone from the pool; the next query opens another.
  pool.on('error', () => {});
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  const db = new PrismaClient({ adapter, transactionOptions: { maxWait: CONNECT_MS_MAX, timeout: 60_000 } });
  pools.set(db, pool);
  return db;
}

/**
 * One transaction of statements in SQL, for sets of megabytes: Prisma writes and reads each parameter as JSON once more,
 * 0.08 ms for an abstract and all that hangs on it. Throws what `work` throws, and what node-postgres does, also where a
 * statement takes longer than a minute; nothing is then written, unless the connection broke while the end was on its way.
 */
export async function transact<Result>(
  db: Db,
  work: (statements: Queryable) => Promise<Result>,
): Promise<Result> {
  const pool = pools.get(db);
  if (pool === undefined) throw new Error('This database was not opened by createDb.');
  // Prisma ends the pool when it disconnects, if it ever connected.
  await db.$connect();
  const client = await pool.connect();
  let isBroken = false;
  // A connection that breaks says so apart from the query that fails with it.
  const onError = () => {
    isBroken = true;
  };
  client.on('error', onError);
  try {
    await ask(client, 'BEGIN');
    const result = await work(toQueryable(client));
    const { command } = await ask(client, 'COMMIT');
    // What Postgres says where a statement had failed and nobody minded.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back, because a statement failed.');
    return result;
  } catch (error) {
    await ask(client, 'ROLLBACK', [], CONNECT_MS_MAX).catch(onError);
    throw error;
  } finally {
    client.off('error', onError);
    // One that cannot even roll back is closed, which does.
    client.release(isBroken);
  }
}

function toQueryable(client: pg.PoolClient): Queryable {
  return {
    async $queryRawUnsafe<Rows>(sql: string, ...values: unknown[]) {
      return (await ask(client, sql, values)).rows as Rows;
    },
    async $executeRawUnsafe(sql: string, ...values: unknown[]) {
      return (await ask(client, sql, values)).rowCount ?? 0;
    },
  };
}

function ask(client: pg.PoolClient, text: string, values: unknown[] = [], msMax = STATEMENT_MS_MAX) {
  const query = { text, values, query_timeout: msMax };
  return client.query(query);
}
