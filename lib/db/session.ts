/**
 * The one Postgres session of an embedded database, shared by many clients in turns.
 *
 * A turn is a whole exchange, from the first message to its Sync or Query, and a client keeps the session while its
 * transaction is open. What a client changes in the session (SET, PREPARE, temporary tables, advisory locks) is its own:
 * before another client's turn its settings are put aside and the session is reset (`DISCARD ALL`), and when its own next
 * turn comes they are put back. Named prepared statements and temporary tables are not put back: a client that needs them
 * keeps the session by a transaction, as pg_dump does.
 */
import type { PGlite } from '@electric-sql/pglite';

const READY_FOR_QUERY = 'Z'.charCodeAt(0);
/** ReadyForQuery is one letter, a length of 5, and the state. */
const READY_BYTES = 6;
/** A client that opens a transaction and falls silent would hold every other client for ever. */
const IDLE_IN_TRANSACTION_MS_MAX = 60_000;

export type SessionClient = {
  /** Sends bytes of an answer; nothing happens where the client is gone. */
  write(bytes: Uint8Array): void;
  close(): void;
  isGone: boolean;
};

export type Turn = {
  readonly client: SessionClient;
  /** Whole messages of the protocol. */
  readonly bytes: Buffer;
  /** The exchange goes on: no other client may come between. */
  readonly keepsSession: boolean;
  /** It may change the session beyond its transaction (`changesSession`). */
  readonly changesSession: boolean;
};

export type SessionListener = {
  /** A turn begins, or (false) ends. */
  onTurn?(isRunning: boolean): void;
  /** PGlite itself failed and cannot go on. */
  onFailure?(error: unknown): void;
};

export type Session = ReturnType<typeof createSession>;

type Setting = { readonly name: string; readonly setting: string };

export function createSession(database: PGlite, { onTurn, onFailure }: SessionListener = {}) {
  const turns: Turn[] = [];
  const asides: (() => Promise<void>)[] = [];
  const savedSettings = new WeakMap<SessionClient, readonly Setting[]>();
  let owner: SessionClient | null = null;
  let ownerTimer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  /** Whose changes the session holds; null where it is as new. */
  let changedBy: SessionClient | null = null;

  function start(): void {
    running ??= run().finally(() => {
      running = null;
      if (owner === null && turns.length + asides.length > 0) start();
    });
  }

  function enqueue(turn: Turn): void {
    turns.push(turn);
    start();
  }

  /** Runs `work` between two turns, while no transaction is open. Rejects with what it throws. */
  function between<Result>(work: (database: PGlite) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      asides.push(async () => {
        await resetFor(null);
        await work(database).then(resolve, reject);
      });
      start();
    });
  }

  function nextTurn(): Turn | undefined {
    if (owner === null) return turns.shift();
    const index = turns.findIndex((turn) => turn.client === owner);
    return index === -1 ? undefined : turns.splice(index, 1)[0];
  }

  async function run(): Promise<void> {
    for (;;) {
      const aside = owner === null ? asides.shift() : undefined;
      if (aside !== undefined) {
        await timed(aside);
        continue;
      }
      const turn = nextTurn();
      if (turn === undefined) return;
      if (!turn.client.isGone) await timed(() => execute(turn));
    }
  }

  async function timed(work: () => Promise<void>): Promise<void> {
    onTurn?.(true);
    await work();
    onTurn?.(false);
  }

  async function execute(turn: Turn): Promise<void> {
    clearTimeout(ownerTimer);
    const { client } = turn;
    let tail = new Uint8Array(0);
    try {
      await resetFor(client);
      if (turn.changesSession) changedBy = client;
      await database.runExclusive(() =>
        database.execProtocolRawStream(turn.bytes, {
          onRawData: (data) => {
            tail =
              data.length >= READY_BYTES ? data.slice(-READY_BYTES) : joined(tail, data).slice(-READY_BYTES);
            client.write(data);
          },
        }),
      );
    } catch {
      // PGlite itself failed, not a statement (those answer with ErrorResponse): this client cannot go on.
      client.close();
      await rollBack();
      return;
    }
    const holds = turn.keepsSession || transactionStatus(tail) !== 'I';
    if (holds && client.isGone) await rollBack();
    else if (holds) hold(client);
    else owner = null;
  }

  /** Makes the session the one that `client` left, or a new one for null. */
  async function resetFor(client: SessionClient | null): Promise<void> {
    if (owner !== null || changedBy === client) return;
    if (changedBy !== null) {
      if (!changedBy.isGone) savedSettings.set(changedBy, await readSettings(database));
      await database.exec('DISCARD ALL');
      changedBy = null;
    }
    const settings = client === null ? undefined : savedSettings.get(client);
    if (client === null || settings === undefined) return;
    savedSettings.delete(client);
    for (const { name, setting } of settings)
      await database.query('SELECT set_config($1, $2, false)', [name, setting]);
    changedBy = client;
  }

  function hold(client: SessionClient): void {
    owner = client;
    ownerTimer = setTimeout(() => client.close(), IDLE_IN_TRANSACTION_MS_MAX);
  }

  async function rollBack(): Promise<void> {
    owner = null;
    // Outside a transaction ROLLBACK is only a warning.
    await database.exec('ROLLBACK').catch((error: unknown) => onFailure?.(error));
  }

  /** The client is gone: what it had open ends. */
  function leave(client: SessionClient): void {
    if (owner !== client) return;
    clearTimeout(ownerTimer);
    const previous = running ?? Promise.resolve();
    running = previous
      .then(() => (owner === client ? rollBack() : undefined))
      .then(run)
      .finally(() => {
        running = null;
      });
  }

  /** Waits until nothing runs and nothing waits. */
  async function settle(): Promise<void> {
    while (running !== null) await running;
  }

  return {
    enqueue,
    between,
    leave,
    settle,
    /** Turns that wait for the session. */
    waiting: () => turns.length,
  };
}

/** What was set in this session, beyond the parameters the database was started with. */
async function readSettings(database: PGlite): Promise<readonly Setting[]> {
  const { rows } = await database.query<Setting>(
    "SELECT name, setting FROM pg_settings WHERE source = 'session'",
  );
  return rows;
}

/** Statements whose effect outlives their transaction. UPDATE … SET and SET LOCAL are none of them. */
const CHANGES_SESSION =
  /(?:^|;)\s*(?:set\s+(?!local\b|transaction\b|constraints\b)|reset\b|prepare\b|deallocate\b|discard\b|listen\b|unlisten\b|load\b|declare\b|create\s+(?:(?:local|global)\s+)?temp)|set_config\s*\(|\bpg_(?:try_)?advisory_(?:lock|unlock)/i;
const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const QUERY = 'Q'.charCodeAt(0);
const PARSE = 'P'.charCodeAt(0);

/** Whether one message of the protocol (Query or Parse) may change the session beyond its transaction. */
export function changesSession(message: Buffer): boolean {
  const kind = message[0];
  if (kind !== QUERY && kind !== PARSE) return false;
  const text = message.toString('latin1', 5);
  if (kind === QUERY) return CHANGES_SESSION.test(text.replace(COMMENTS, ' '));
  const nameEnd = text.indexOf('\0');
  // A statement with a name stays prepared.
  return nameEnd > 0 || CHANGES_SESSION.test(text.slice(1).replace(COMMENTS, ' '));
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/**
 * 'I' idle, 'T' in a transaction, 'E' in a failed one: what the ReadyForQuery message at the end of an answer says.
 * An answer that does not end with one (a start refused) leaves no transaction behind.
 */
function transactionStatus(tail: Uint8Array): string {
  return tail[0] === READY_FOR_QUERY && tail[4] === 5 ? String.fromCharCode(tail[5] ?? 0) : 'I';
}
