/** Mail for tests: an identity, a message, and a relay that does as it is told. */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { type Address, parseAddress } from '#lib/mail/address.ts';
import {
  composeMail,
  type MailContent,
  type MailIdentity,
  type OutgoingMail,
  parseMailbox,
} from '#lib/mail/message.ts';
import {
  createSmtpTransport,
  type SmtpTransportOptions,
  type Transport,
} from '#lib/mail/sending/transport.ts';

export function anAddress(text: string): Address {
  const address = parseAddress(text);
  if (address === null) throw new Error(`${text} is no address.`);
  return address;
}

export const IDENTITY: MailIdentity = {
  from: parseMailbox('Paperboy <paperboy@example.org>')!,
  returnPath: anAddress('bounces@example.org'),
  secret: 'a secret for tests only',
};

export function aMail(changes: Partial<MailContent> = {}, identity: MailIdentity = IDENTITY): OutgoingMail {
  return composeMail(identity, {
    kind: 'digest',
    token: '0a1b2c3d',
    to: anAddress('reader@example.net'),
    subject: 'Trending, 24 Nov: a paper and 9 more',
    html: '<!doctype html><p>Hello</p>',
    text: 'Hello\n',
    date: new Date('2026-11-24T07:00:00Z'),
    unsubscribeUrl: 'https://papers.example.org/unsubscribe/abc',
    ...changes,
  });
}

export type Received = { from: string; to: string; message: string; args: Record<string, unknown> };

export type Relay = { port: number; received: Received[]; connections: () => number; server: SMTPServer };

type Script = {
  /** Thrown text is the refusal: `450 4.2.0 later`. */
  onSender?: (address: string, count: number) => string | null;
  onRecipient?: (address: string, count: number) => string | null;
  /** After the whole message. `hang`: no reply; `drop`: the connection ends without one. */
  onMessage?: (count: number) => string | 'hang' | 'drop' | null;
  options?: SMTPServerOptions;
};

/** A relay on this machine that keeps what it takes. */
export async function startRelay(script: Script = {}): Promise<Relay> {
  const received: Received[] = [];
  let connections = 0;
  let senders = 0;
  let recipients = 0;
  let messages = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect(_session, callback) {
      connections += 1;
      callback();
    },
    onMailFrom(address, _session, callback) {
      senders += 1;
      callback(toError(script.onSender?.(address.address, senders)));
    },
    onRcptTo(address, _session, callback) {
      recipients += 1;
      callback(toError(script.onRecipient?.(address.address, recipients)));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        messages += 1;
        const reply = script.onMessage?.(messages);
        if (reply === 'hang') return;
        if (reply === 'drop') {
          for (const connection of server.connections) {
            (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
          }
          return;
        }
        if (reply === undefined || reply === null) {
          const { mailFrom, rcptTo } = session.envelope;
          received.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo[0]?.address ?? '',
            message: Buffer.concat(chunks).toString(),
            args: mailFrom === false || typeof mailFrom.args !== 'object' ? {} : { ...mailFrom.args },
          });
          callback();
        } else callback(toError(reply));
      });
    },
    ...script.options,
  });
  // Clients that break off are what is tested.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { port, received, connections: () => connections, server };
}

export function transportTo(port: number, changes: Partial<SmtpTransportOptions> = {}): Transport {
  const transport = createSmtpTransport({
    target: {
      host: '127.0.0.1',
      port,
      isImplicitTls: false,
      isTlsRequired: false,
      user: null,
      password: '',
    },
    dkimKeys: [],
    connections: 2,
    ...changes,
  });
  onTestFinished(() => transport.close());
  return transport;
}

function toError(reply: string | null | undefined): Error | null {
  if (reply === null || reply === undefined) return null;
  const [, code = '', words = ''] = /^(\d{3}) (.*)$/.exec(reply) ?? [];
  return Object.assign(new Error(words), { responseCode: Number(code) });
}
