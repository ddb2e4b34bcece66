/**
 * The way out: messages over SMTP through nodemailer's connections.
 *
 * The pool is ours. nodemailer's own puts a message back into its queue when its connection breaks, also after the
 * message was sent, and so can deliver it twice; here a message belongs to one conversation, and one that broke off
 * while the body was under way is *uncertain*, never tried again by itself.
 */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailConfig } from '#lib/config/parse.ts';
import { MINUTE_MS } from '#lib/time.ts';
import { isInternational } from '../address.ts';
import type { OutgoingMail } from '../message.ts';
import { type DkimKey, signDkim } from './dkim.ts';
import { readDkimKeys } from './dkim-store.ts';
import { toBytes, toMime } from './mime.ts';
import { createOutbox } from './outbox-store.ts';
import { parseSmtpUrl, type SmtpTarget } from './smtp-target.ts';
import { type SmtpStep, type SubmitOutcome, showReply, toRefusedOutcome } from './submit-outcome.ts';

export type Transport = {
  /** Never rejects for what a relay or the network does. At most once: it never sends a message a second time. */
  submit(mail: OutgoingMail): Promise<SubmitOutcome>;
  /** Waits for the conversations in flight, then says goodbye. Submitting afterwards throws. */
  close(): Promise<void>;
};

export type SmtpTransportOptions = {
  readonly target: SmtpTarget;
  readonly dkimKeys: readonly DkimKey[];
  /** Most connections at once. */
  readonly connections: number;
  /** Name to greet with; that of this machine where absent. */
  readonly name?: string;
  /** Replaces the time-outs below: tests do not wait for minutes. */
  readonly timeouts?: Partial<Timeouts>;
  /** Certificates to trust beside the system's, PEM. */
  readonly certificates?: string;
};

type Timeouts = {
  readonly connectMs: number;
  readonly greetingMs: number;
  /** Without a byte from the server. */
  readonly silenceMs: number;
  /** For one message, however the server trickles its replies. */
  readonly messageMs: number;
};

/**
 * RFC 5321, 4.5.3.2 allows a server five minutes for most replies and ten for the end of DATA. Giving up before that
 * makes messages uncertain that are none.
 */
const TIMEOUTS: Timeouts = {
  connectMs: 30_000,
  greetingMs: 60_000,
  silenceMs: 600_000,
  messageMs: 1_200_000,
};

/** Relays commonly end a connection after a hundred or more messages; a fresh one also spreads over a relay's hosts. */
const MESSAGES_PER_CONNECTION_MAX = 500;

/** Below the five minutes that a server must wait: it is us who leave, never in the middle of a message. */
const IDLE_MS = MINUTE_MS;

type Line = { connection: SMTPConnection; messages: number; idleTimer: NodeJS.Timeout | null };

/** The configured way out: the relay, or the outbox where there is none. Throws where a DKIM key cannot be read. */
export async function createTransport(config: MailConfig): Promise<Transport> {
  if (config.smtpUrl === null) return createOutbox(config.outboxDirectory);
  return createSmtpTransport({
    target: parseSmtpUrl(config.smtpUrl),
    dkimKeys: await readDkimKeys(config),
    connections: config.connections,
  });
}

/** Opens nothing before the first message. */
export function createSmtpTransport(options: SmtpTransportOptions): Transport {
  const idle: Line[] = [];
  const waiting: (() => void)[] = [];
  let busyCount = 0;
  let isClosed = false;

  /** Waits until fewer than the allowed connections are busy. */
  async function takeTurn(): Promise<void> {
    if (busyCount >= options.connections) await new Promise<void>((resolve) => waiting.push(resolve));
    else busyCount += 1;
  }

  /** Hands the turn on, or gives it back. */
  function endTurn(): void {
    const next = waiting.shift();
    if (next === undefined) busyCount -= 1;
    else next();
  }

  function keep(line: Line): void {
    if (isClosed || line.messages >= MESSAGES_PER_CONNECTION_MAX || line.connection.destroyed) {
      line.connection.quit();
      return;
    }
    idle.push(line);
    line.idleTimer = setTimeout(() => {
      const place = idle.indexOf(line);
      if (place >= 0) idle.splice(place, 1);
      line.connection.quit();
    }, IDLE_MS).unref();
  }

  function takeIdle(): Line | null {
    for (let line = idle.pop(); line !== undefined; line = idle.pop()) {
      if (line.idleTimer !== null) clearTimeout(line.idleTimer);
      if (!line.connection.destroyed) return line;
    }
    return null;
  }

  /**
   * A connection kept from before may turn out to be gone. Where not a byte of the body was asked for, the message is
   * still ours, and a new connection takes it.
   */
  async function converse(mail: OutgoingMail, bytes: Buffer): Promise<SubmitOutcome> {
    const kept = takeIdle();
    const first = kept === null ? null : await send(kept, mail, bytes, terms);
    if (first !== null && !(first.isLost && !first.wasBodyRead)) return first.outcome;
    const opened = await openLine(options);
    if (!('connection' in opened)) return opened;
    return (await send(opened, mail, bytes, terms)).outcome;
  }

  const terms = { keep, messageMs: options.timeouts?.messageMs ?? TIMEOUTS.messageMs };

  return {
    async submit(mail) {
      if (isClosed) throw new Error('The mail transport is closed.');
      const message = toMime(mail);
      const signatures = await signDkim(message, options.dkimKeys, mail.date);
      const bytes = toBytes({ ...message, headers: [...signatures, ...message.headers] });
      await takeTurn();
      try {
        return await converse(mail, bytes);
      } finally {
        endTurn();
      }
    },
    async close() {
      isClosed = true;
      while (busyCount > 0) {
        // One more in the queue: it is woken when those before it are done.
        await new Promise<void>((resolve) => waiting.push(resolve));
        endTurn();
      }
      for (let line = takeIdle(); line !== null; line = takeIdle()) line.connection.quit();
    },
  };
}

/** A connection that is ready for a message, or why there is none. */
function openLine({
  target,
  name,
  timeouts,
  certificates,
}: SmtpTransportOptions): Promise<Line | SubmitOutcome> {
  const limits = { ...TIMEOUTS, ...timeouts };
  const connection = new SMTPConnection({
    host: target.host,
    port: target.port,
    secure: target.isImplicitTls,
    requireTLS: target.isTlsRequired,
    // On this machine a relay may offer TLS with a certificate for its public name.
    ignoreTLS: !target.isTlsRequired && !target.isImplicitTls,
    name,
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.greetingMs,
    socketTimeout: limits.silenceMs,
    tls: { minVersion: 'TLSv1.2', ...(certificates === undefined ? {} : { ca: certificates }) },
  });
  return new Promise((resolve) => {
    const fail = (error: Error & { response?: string | undefined }) => {
      // Resolved first: closing calls this again, to say less.
      resolve(toRefusedOutcome(error.response ?? error.message, 'connect'));
      connection.close();
    };
    // Stays: a failure between messages ends the connection, and is found when it is next taken.
    connection.on('error', fail);
    connection.once('end', () => fail(new Error('The relay closed the connection.')));
    const ready = () => resolve({ connection, messages: 0, idleTimer: null });
    connection.connect((error) => {
      if (error) fail(error);
      else if (target.user === null) ready();
      else {
        connection.login(
          { user: target.user, credentials: { user: target.user, pass: target.password } },
          (failure) => (failure ? fail(failure) : ready()),
        );
      }
    });
  });
}

type Sent = {
  readonly outcome: SubmitOutcome;
  /** The connection broke. */
  readonly isLost: boolean;
  /** True from the moment a byte of the body may have left. */
  readonly wasBodyRead: boolean;
};

function send(
  line: Line,
  mail: OutgoingMail,
  bytes: Buffer,
  { keep, messageMs }: { keep: (line: Line) => void; messageMs: number },
): Promise<Sent> {
  const { connection } = line;
  line.messages += 1;
  if (isInternational(mail.to) && !offers(connection, 'SMTPUTF8')) {
    keep(line);
    const reply = 'The relay does not take international addresses (SMTPUTF8).';
    return Promise.resolve({
      outcome: { kind: 'rejected', reply, isAddressBad: false },
      isLost: false,
      wasBodyRead: false,
    });
  }
  const body = Readable.from([bytes], { objectMode: false });
  const envelope = {
    from: mail.envelopeFrom,
    to: mail.to,
    size: bytes.length,
    use8BitMime: isInternational(mail.to),
  };
  return new Promise((resolve) => {
    const settle = (error: SmtpFailure | null, reply: string) => {
      clearTimeout(deadline);
      resolve(error === null ? submitted(mail, reply) : failed(line, error, body.readableDidRead, keep));
    };
    const deadline = setTimeout(() => {
      settle(new Error('The relay did not finish with the message in time.'), '');
    }, messageMs);
    connection.send(envelope, body, (error, info) => {
      if (error) settle(error, '');
      else {
        keep(line);
        settle(null, info?.response ?? '');
      }
    });
  });
}

type SmtpFailure = Error & {
  code?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
  command?: string | undefined;
};

function submitted(mail: OutgoingMail, reply: string): Sent {
  const outcome = { kind: 'submitted', reply: showReply(reply), messageId: mail.messageId } as const;
  return { outcome, isLost: false, wasBodyRead: true };
}

/** A refusal of this message leaves the connection good for the next one; a farewell (421) or a fault ends it. */
function failed(line: Line, error: SmtpFailure, wasBodyRead: boolean, keep: (line: Line) => void): Sent {
  const isFarewell = error.responseCode === 421;
  const isAnswer =
    error.response !== undefined && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE' || isFarewell);
  if (isAnswer && !isFarewell && !line.connection.destroyed) reset(line, keep);
  else line.connection.close();
  const reply = error.response ?? error.message;
  if (wasBodyRead && !(isAnswer && error.code === 'EMESSAGE')) {
    return { outcome: { kind: 'uncertain', reply: showReply(reply) }, isLost: true, wasBodyRead };
  }
  const step = isAnswer ? stepOf(error) : 'connect';
  const isLost = !isAnswer || (isFarewell && step === 'sender');
  return { outcome: toRefusedOutcome(reply, step), isLost, wasBodyRead };
}

function reset(line: Line, keep: (line: Line) => void): void {
  line.connection.reset((error) => {
    if (error) line.connection.close();
    else keep(line);
  });
}

/** With PIPELINING nodemailer does not say which command a farewell answered, but when it was the first. */
function stepOf({ command }: SmtpFailure): SmtpStep {
  if (command === 'MAIL FROM') return 'sender';
  return command === 'DATA' ? 'data' : 'recipient';
}

/** nodemailer keeps what the server offers to itself, and has no question for it. */
function offers(connection: SMTPConnection, extension: string): boolean {
  if (!('_supportedExtensions' in connection)) return true;
  const { _supportedExtensions: offered } = connection;
  return !Array.isArray(offered) || offered.includes(extension);
}
