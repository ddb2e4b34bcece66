import pg from 'pg';

export type Postgres = {
  /** As the server names itself: `18.0`. */
  readonly version: string;
  readonly major: number;
  /** Of the extensions Paperboy can use, those this server has, installed or not. */
  readonly extensions: readonly string[];
};

const USEFUL_EXTENSIONS = ['pg_textsearch', 'pg_trgm', 'unaccent', 'vector'];
const CONNECT_MS_MAX = 10_000;

/** Asks a server what it is. Throws when it cannot be reached. */
export async function inspectPostgres(url: string): Promise<Postgres> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS_MAX });
  await client.connect();
  try {
    const version = await client.query<{ server_version: string }>('SHOW server_version');
    const available = await client.query<{ name: string }>(
      'SELECT name FROM pg_available_extensions WHERE name = ANY($1) ORDER BY name',
      [USEFUL_EXTENSIONS],
    );
    const text = version.rows[0]?.server_version ?? '';
    return {
      version: text,
      major: Number.parseInt(text, 10),
      extensions: available.rows.map(({ name }) => name),
    };
  } finally {
    await client.end();
  }
}
