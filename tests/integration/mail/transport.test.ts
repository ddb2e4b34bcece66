import { createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSmtpTransport } from '#lib/mail/sending/transport.ts';
import { aMail, anAddress, startRelay, transportTo } from '../../support/mail.ts';

test('a message arrives as it was built, from its own return address', async () => {
  const relay = await startRelay();
  const outcome = await transportTo(relay.port).submit(aMail());
  expect(outcome).toMatchObject({ kind: 'submitted', messageId: 'issue.0a1b2c3d@example.org' });
  expect(relay.received).toHaveLength(1);
  expect(relay.received[0]).toMatchObject({ to: 'reader@example.net' });
  expect(relay.received[0]?.from).toMatch(/^bounces\+i\.0a1b2c3d\.[a-z2-7]{16}@example\.org$/);
  expect(relay.received[0]?.message).toContain('Message-ID: <issue.0a1b2c3d@example.org>\r\n');
});

test('many messages share few connections, and each is sent once', async () => {
  const relay = await startRelay();
  const transport = transportTo(relay.port, { connections: 3 });
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, place) => transport.submit(aMail({ token: `m${place}` }))),
  );
  expect(outcomes.every(({ kind }) => kind === 'submitted')).toBe(true);
  const ids = relay.received.map(({ message }) => /Message-ID: (\S+)/.exec(message)?.[1]);
  expect(new Set(ids).size).toBe(60);
  expect(ids).toHaveLength(60);
  expect(relay.connections()).toBeLessThanOrEqual(3);
});

describe('a refusal says who has to wait, or that nobody has', () => {
  test.each([
    ['550 5.1.1 no such user', { kind: 'rejected', isAddressBad: true }],
    ['550 5.7.1 listed by a blocklist', { kind: 'rejected', isAddressBad: false }],
    ['450 4.2.0 greylisted, come back later', { kind: 'deferred', scope: 'recipient' }],
    ['451 4.7.650 too many messages for this domain', { kind: 'deferred', scope: 'domain' }],
    ['452 4.3.1 insufficient system storage', { kind: 'deferred', scope: 'connection' }],
    ['421 4.7.0 try again later', { kind: 'deferred', scope: 'domain' }],
  ])('%s', async (reply, expected) => {
    const relay = await startRelay({ onRecipient: (_, count) => (count === 1 ? reply : null) });
    const transport = transportTo(relay.port, { connections: 1 });
    const outcome = await transport.submit(aMail());
    expect(outcome).toMatchObject(expected);
    expect(outcome.reply).toContain(reply.slice(4));
    // The next one is not held back by it.
    expect(await transport.submit(aMail({ token: 'next' }))).toMatchObject({ kind: 'submitted' });
  });

  test('a refused sender is the relay’s affair', async () => {
    const relay = await startRelay({ onSender: () => '451 4.3.0 busy' });
    const outcome = await transportTo(relay.port).submit(aMail());
    expect(outcome).toMatchObject({ kind: 'deferred', scope: 'connection' });
  });

  test('a reply to the message itself is an answer, not an uncertainty', async () => {
    const relay = await startRelay({ onMessage: () => '554 5.6.0 content refused' });
    const outcome = await transportTo(relay.port).submit(aMail());
    expect(outcome).toMatchObject({ kind: 'rejected', isAddressBad: false });
  });

  test('a temporary reply to the message is deferred', async () => {
    const relay = await startRelay({ onMessage: () => '452 4.2.2 mailbox full' });
    expect(await transportTo(relay.port).submit(aMail())).toMatchObject({ kind: 'deferred' });
  });
});

describe('uncertain is exactly what may have been taken', () => {
  test('the connection ends after the message without a reply', async () => {
    const relay = await startRelay({ onMessage: () => 'drop' });
    const transport = transportTo(relay.port);
    expect(await transport.submit(aMail())).toMatchObject({ kind: 'uncertain' });
    expect(relay.received).toEqual([]);
  });

  test('no reply comes in time', async () => {
    const relay = await startRelay({ onMessage: () => 'hang' });
    const transport = transportTo(relay.port, { timeouts: { silenceMs: 300 } });
    expect(await transport.submit(aMail())).toMatchObject({ kind: 'uncertain' });
  });

  test('a relay that trickles replies for ever is given up', async () => {
    const port = await rawServer((socket, line) => {
      if (line.startsWith('DATA')) socket.write('354 go\r\n');
      else if (line === '.') setInterval(() => socket.write('250-still\r\n'), 50).unref();
      else socket.write('250 ok\r\n');
    });
    const transport = transportTo(port, { timeouts: { messageMs: 400 } });
    expect(await transport.submit(aMail())).toMatchObject({ kind: 'uncertain' });
  });

  test('a connection that ends before the message is deferred', async () => {
    const port = await rawServer((socket, line) => {
      if (line.startsWith('RCPT')) socket.destroy();
      else socket.write('250 ok\r\n');
    });
    const outcome = await transportTo(port).submit(aMail());
    expect(outcome).toMatchObject({ kind: 'deferred', scope: 'connection' });
  });

  test('a kept connection that the relay has left is replaced, and the message is sent once', async () => {
    let sockets: Socket[] = [];
    let taken = 0;
    const port = await rawServer(
      (socket, line, state) => {
        if (line.startsWith('MAIL') && state.count === 1 && taken === 1) socket.destroy();
        else if (line.startsWith('DATA')) socket.write('354 go\r\n');
        else if (line === '.') {
          taken += 1;
          socket.write('250 taken\r\n');
        } else if (!state.isBody) socket.write('250 ok\r\n');
      },
      (socket) => {
        sockets = [...sockets, socket];
      },
    );
    const transport = transportTo(port, { connections: 1 });
    expect(await transport.submit(aMail({ token: 'one' }))).toMatchObject({ kind: 'submitted' });
    expect(await transport.submit(aMail({ token: 'two' }))).toMatchObject({ kind: 'submitted' });
    expect([sockets.length, taken]).toEqual([2, 2]);
  });
});

describe('the way to the relay', () => {
  test('nobody listens: deferred, for the connection', async () => {
    const relay = await startRelay();
    await new Promise<void>((resolve) => relay.server.close(() => resolve()));
    const outcome = await transportTo(relay.port).submit(aMail());
    expect(outcome).toMatchObject({ kind: 'deferred', scope: 'connection' });
  });

  test('a relay elsewhere that offers no TLS gets nothing', async () => {
    const relay = await startRelay();
    const transport = createSmtpTransport({
      target: {
        host: '127.0.0.1',
        port: relay.port,
        isImplicitTls: false,
        isTlsRequired: true,
        user: null,
        password: '',
      },
      dkimKeys: [],
      connections: 1,
    });
    expect(await transport.submit(aMail())).toMatchObject({ kind: 'deferred', scope: 'connection' });
    expect(relay.received).toEqual([]);
    await transport.close();
  });

  test('a wrong password defers, and says why', async () => {
    const relay = await startRelay({
      options: {
        authOptional: false,
        onAuth: (_auth, _session, callback) => callback(new Error('Invalid username or password')),
      },
    });
    const target = { host: '127.0.0.1', port: relay.port, isImplicitTls: false, isTlsRequired: false };
    const transport = transportTo(relay.port, { target: { ...target, user: 'me', password: 'wrong' } });
    const outcome = await transport.submit(aMail());
    expect(outcome).toMatchObject({ kind: 'deferred', scope: 'connection' });
    expect(outcome.reply).toMatch(/Invalid/);
  });

  test('an international address goes to a relay that takes such, with the address as it is', async () => {
    const relay = await startRelay();
    const outcome = await transportTo(relay.port).submit(aMail({ to: anAddress('jürgen@exämple.net') }));
    expect(outcome).toMatchObject({ kind: 'submitted' });
    // The relay of the tests shows domains in letters; the message has them as they were sent.
    expect(relay.received[0]).toMatchObject({ to: 'jürgen@exämple.net', args: { SMTPUTF8: true } });
    expect(relay.received[0]?.message).toContain('To: <jürgen@xn--exmple-cua.net>');
  });

  test('and not to one that does not', async () => {
    const relay = await startRelay({ options: { hideSMTPUTF8: true } });
    const outcome = await transportTo(relay.port).submit(aMail({ to: anAddress('jürgen@example.net') }));
    expect(outcome).toMatchObject({ kind: 'rejected', isAddressBad: false });
    expect(relay.received).toEqual([]);
  });
});

test('closing waits for what is in flight, and nothing can be submitted afterwards', async () => {
  const relay = await startRelay();
  const transport = transportTo(relay.port, { connections: 1 });
  const sent = Array.from({ length: 5 }, (_, place) => transport.submit(aMail({ token: `m${place}` })));
  // One turn of the loop: all of them wait for the one connection.
  await new Promise((resolve) => setImmediate(resolve));
  await transport.close();
  expect((await Promise.all(sent)).map(({ kind }) => kind)).toEqual(Array(5).fill('submitted'));
  await expect(transport.submit(aMail())).rejects.toThrow(/closed/);
});

/** A server that greets, takes EHLO and hands every other line on. It offers no extensions. */
async function rawServer(
  onLine: (socket: Socket, line: string, state: { count: number; isBody: boolean }) => void,
  onConnection: (socket: Socket) => void = () => {},
): Promise<number> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    const state = { count, isBody: false };
    onConnection(socket);
    socket.on('error', () => {});
    socket.write('220 ready\r\n');
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (state.isBody && line !== '.') continue;
        onLine(socket, line, state);
        if (line.startsWith('DATA')) state.isBody = true;
        if (line === '.') state.isBody = false;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
