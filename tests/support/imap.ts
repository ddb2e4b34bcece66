/** As much of an IMAP server (RFC 3501) as reading a mailbox needs, on this machine. */
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export type ImapServer = { port: number; seen: Set<number> };

/** Serves `messages` as INBOX; their UIDs count from 1. */
export async function startImap(messages: readonly Buffer[]): Promise<ImapServer> {
  const seen = new Set<number>();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) answer(socket, line, messages, seen);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, seen };
}

function answer(socket: Socket, line: string, messages: readonly Buffer[], seen: Set<number>): void {
  const [tag = '', ...words] = line.split(' ');
  const command = words.join(' ').toUpperCase();
  const send = (text: string) => socket.write(`${text}\r\n`);
  if (/^CAPABILITY/.test(command)) send('* CAPABILITY IMAP4rev1');
  else if (/^LOGIN/.test(command) && !/SECRET/.test(command))
    return void send(`${tag} NO [AUTHENTICATIONFAILED] no`);
  else if (/^(?:LIST|LSUB)/.test(command)) send('* LIST (\\HasNoChildren) "/" INBOX');
  else if (/^(?:SELECT|EXAMINE)/.test(command)) {
    send('* FLAGS (\\Seen)');
    send(`* ${messages.length} EXISTS`);
    send('* OK [UIDVALIDITY 1]');
    send(`* OK [UIDNEXT ${messages.length + 1}]`);
    send('* OK [PERMANENTFLAGS (\\Seen)]');
  } else if (/^UID SEARCH/.test(command)) {
    const unread = messages.map((_, place) => place + 1).filter((uid) => !seen.has(uid));
    send(`* SEARCH ${unread.join(' ')}`.trimEnd());
  } else if (/^UID FETCH/.test(command)) {
    for (const uid of uidsOf(words[2] ?? '')) {
      const bytes = messages[uid - 1];
      if (bytes === undefined) continue;
      socket.write(`* ${uid} FETCH (UID ${uid} BODY[]<0> {${bytes.length}}\r\n`);
      socket.write(bytes);
      send(')');
    }
  } else if (/^UID STORE/.test(command)) {
    for (const uid of uidsOf(words[2] ?? '')) seen.add(uid);
  } else if (/^LOGOUT/.test(command)) {
    send('* BYE');
    send(`${tag} OK done`);
    socket.end();
    return;
  }
  if (tag !== '') send(`${tag} OK done`);
}

function uidsOf(set: string): number[] {
  return set.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split(':').map(Number);
    return Array.from({ length: last - first + 1 }, (_, step) => first + step);
  });
}
