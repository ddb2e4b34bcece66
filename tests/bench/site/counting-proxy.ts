/** A relay in front of a database that counts what its clients ask of it. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** A pool that closes an idle connection says so; it asks nothing (PostgreSQL, "Message Formats"). */
const TERMINATE = 'X'.charCodeAt(0);

export type CountingProxy = {
  readonly url: string;
  /** Messages from clients so far. A query is one or more; none means that nothing was asked. */
  readonly messages: () => number;
  readonly close: () => void;
};

export async function startCountingProxy(databaseUrl: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(databaseUrl);
  let messages = 0;
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    client.on('data', (message: Buffer) => {
      if (message[0] !== TERMINATE) messages += 1;
    });
    client.pipe(database).pipe(client);
    client.on('error', () => client.destroy()).on('close', () => database.destroy());
    database.on('error', () => database.destroy()).on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  return { url: url.href, messages: () => messages, close: () => server.close() };
}
