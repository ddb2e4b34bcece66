/**
 * A real SMTP server on loopback whose behaviour goes by the recipient, so that a test says in an address what happens
 * to it:
 *
 *     grey…@     451 to the first RCPT, taken afterwards         bad…@      550 5.1.1 to RCPT
 *     policy…@   554 5.7.1 after DATA                            full…@     452 4.2.2 to RCPT, always
 *     …@busy.…   421 4.7.0 to RCPT while `isBusy`                slow…@     answers DATA after `slowMs`
 *     before…@   the connection breaks within the body, nothing kept
 *     after…@    taken, and the connection breaks before the answer
 *     anything else is taken
 */
import { SMTPServer } from 'smtp-server';

export type TakenMessage = {
  readonly to: string;
  readonly messageId: string;
  /** Identifiers of the papers in it. */
  readonly papers: readonly string[];
  /** Empty unless asked for. */
  readonly source: string;
};

export type ScriptedRelay = {
  readonly port: number;
  readonly url: string;
  /** In the order they were taken. */
  readonly taken: TakenMessage[];
  /** Most conversations with a message under way at once. */
  readonly inFlightMost: () => number;
  /** At first it is. */
  setBusy(isBusy: boolean): void;
  close(): Promise<void>;
};

export async function startRelay(
  options: { slowMs?: number; keepSource?: boolean; port?: number } = {},
): Promise<ScriptedRelay> {
  const taken: TakenMessage[] = [];
  const greeted = new Set<string>();
  let inFlight = 0;
  let isBusy = true;
  let most = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, callback) {
      const local = address.slice(0, address.lastIndexOf('@'));
      if (local.startsWith('bad')) return callback(refusal(550, '5.1.1 No such mailbox'));
      if (local.startsWith('full')) return callback(refusal(452, '4.2.2 Mailbox full'));
      if (isBusy && address.includes('@busy.')) return callback(refusal(421, '4.7.0 Too much at once'));
      if (local.startsWith('grey') && !greeted.has(address)) {
        greeted.add(address);
        return callback(refusal(451, '4.2.0 Greylisted, come back'));
      }
      return callback();
    },
    onData(stream, session, callback) {
      inFlight += 1;
      most = Math.max(most, inFlight);
      const to = session.envelope.rcptTo[0]?.address ?? '';
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (to.startsWith('before')) breakOff(session);
      });
      stream.on('end', () => {
        inFlight -= 1;
        if (to.startsWith('before')) return;
        if (to.startsWith('policy')) return callback(refusal(554, '5.7.1 Refused by policy'));
        const source = Buffer.concat(chunks).toString('utf8');
        const messageId = /^Message-ID:\s*<([^>]+)>/im.exec(source)?.[1] ?? '';
        const kept = options.keepSource === true ? source : '';
        taken.push({ to, messageId, papers: papersIn(source), source: kept });
        if (to.startsWith('after')) return breakOff(session);
        if (to.startsWith('slow')) setTimeout(() => callback(null, 'taken'), options.slowMs ?? 200);
        else callback(null, 'taken');
      });
    },
  });
  const breakOff = ({ id }: { id: string }) => {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy();
  };
  // A client that is killed resets its connections.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    taken,
    inFlightMost: () => most,
    setBusy: (next) => {
      isBusy = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function papersIn(source: string): string[] {
  const text = source.replace(/=\r\n/g, '');
  return [...new Set([...text.matchAll(/\/papers\/(\d{4}\.\d{5})/g)].map((match) => match[1] ?? ''))];
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
