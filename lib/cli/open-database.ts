import pg from 'pg';
import type { Config } from '#lib/config/config.ts';
import { openEmbedded } from '#lib/db/embedded.ts';

export type OpenDatabase = {
  readonly url: string;
  /** Rejects when the embedded database died and could not be had again where it was. Otherwise it never settles. */
  readonly lost: Promise<never>;
  /** Lets it go; the embedded database ends itself soon after its last client. */
  close(): Promise<void>;
};

const CONNECT_MS_MAX = 10_000;

/**
 * The database that the settings name, or the embedded one, kept open: it ends itself when nobody is connected, so
 * one idle connection stays. When it dies it is opened again, and its clients find it where it was.
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
  // It may fail before, or after, anybody listens.
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
    throw new Error('The embedded database died, and its port is taken by now.');
  }
  return connect(url);
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS_MAX });
  // A connection that breaks is no crash of ours: `end` follows, and that is what is watched.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function disconnected(client: pg.Client): Promise<void> {
  return new Promise((resolve) => client.once('end', () => resolve()));
}
