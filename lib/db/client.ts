/** The one way to a database: Prisma over node-postgres, for the embedded database and for any other alike. */
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';

export type Db = PrismaClient;

/** node-postgres waits for ever by default; a database that cannot be had is an error to tell, not a page that hangs. */
const CONNECT_MS_MAX = 10_000;

/** Opens lazily: the first query connects. `poolMax` counts connections of this process. */
export function createDb(url: string, poolMax = 8): Db {
  const adapter = new PrismaPg({
    connectionString: url,
    max: poolMax,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: CONNECT_MS_MAX, timeout: 60_000 } });
}
