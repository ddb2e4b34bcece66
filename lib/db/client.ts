/** The one way to a database: Prisma over node-postgres, for the embedded database and for any other alike. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

export type Db = PrismaClient;

/** A database, the inside of a transaction of Prisma's, or that of `transact`. */
export type Queryable = {
  $queryRawUnsafe<Rows>(sql: string, ...values: unknown[]): Promise<Rows>;
  /** Resolves to the number of rows written. */
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
};

/** node-postgres waits for ever by default; a database that cannot be had is an error to tell, not a page that hangs. */
const CONNECT_MS_MAX = 10_000;

const pools = new WeakMap<Db, pg.Pool>();

/** Opens lazily: the first query connects. `poolMax` counts connections of this process. */
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
 * 0.08 ms for an abstract and all that hangs on it. Throws what node-postgres throws; nothing is then written.
 */
export async function transact<Result>(
  db: Db,
  work: (statements: Queryable) => Promise<Result>,
): Promise<Result> {
  const pool = pools.get(db);
  if (pool === undefined) throw new Error('This database was not opened by createDb.');
  const client = await pool.connect();
  let isBroken = false;
  // A connection that breaks says so apart from the query that fails with it.
  const onError = () => {
    isBroken = true;
  };
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const result = await work(toQueryable(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(onError);
    throw error;
  } finally {
    client.off('error', onError);
    client.release(isBroken);
  }
}

function toQueryable(client: pg.PoolClient): Queryable {
  return {
    async $queryRawUnsafe<Rows>(sql: string, ...values: unknown[]) {
      return (await client.query(sql, values)).rows as Rows;
    },
    async $executeRawUnsafe(sql: string, ...values: unknown[]) {
      return (await client.query(sql, values)).rowCount ?? 0;
    },
  };
}
