import pg from 'pg';
import type { Config } from '#lib/config/parse.ts';
import { openEmbedded } from '#lib/db/embedded.ts';

export type OpenDatabase = {
  readonly url: string;
  /** Rejects if the embedded database ended and could not be reopened on the same port. Otherwise never settles. */
  readonly lost: Promise<never>;
  /** The embedded database ends soon after its last client has closed. */
  close(): Promise<void>;
};

const CONNECT_MS_MAX = 10_000;

/**
 * The configured database, or the embedded one. That ends when nobody is connected, so one idle connection keeps it open.
 * If it ends anyway, it is opened again on the same port, where its clients find it.
 */
export async function openDatabase(config: Config, onReopened = () => {}): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) {
    return { url: config.databaseUrl, lost: new Promise(() => {}), close: async () => undefined };
  }
  const directory = config.dataDirectory;
  const url = await openEmbedded(directory);
  let isClosing = false;
  let client = await connect(url);
  const lost = watch();
  // It may reject before anybody listens.
  lost.catch(() => undefined);
  return {
    url,
    lost,
    close: async () => {
      isClosing = true;
      await client.end();
    },
  };

  async function watch(): Promise<never> {
    for (;;) {
      await disconnected(client);
      if (isClosing) return new Promise<never>(() => {});
      client = await reopen(directory, url);
      onReopened();
    }
  }
}

async function reopen(directory: string, url: string): Promise<pg.Client> {
  if ((await openEmbedded(directory)) !== url) {
    throw new Error('The embedded database ended, and its port is taken by another program.');
  }
  return connect(url);
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS_MAX });
  // `end` follows an error, and that is what is watched. Without a listener an error would end this process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function disconnected(client: pg.Client): Promise<void> {
  return new Promise((resolve) => client.once('end', () => resolve()));
}
