/**
 * The HTTP client for remote sources: a GET or a JSON POST with timeouts, a size cap, bounded retries, conditional
 * requests and a rate limit per host. Whatever the remote does is an outcome, never an exception; only an invalid
 * request (a scheme other than http, an impossible header) throws.
 */
import type { Clock, Sleep } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import {
  type AttemptResult,
  type FetchOutcome,
  finalResult,
  quotaExhaustedUntil,
  toRefusal,
  unreachable,
  type Validators,
  validatorsOf,
} from './outcome.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { backoffMs } from './retry.ts';

/** Remembers the validators of complete responses, so that an unchanged body is not sent again. */
export type ResponseMemory = {
  find(url: string): Promise<Validators | null>;
  /** Called once the body's content is stored: any earlier, and after a crash a 304 would hide it. */
  record(url: string, validators: Validators): Promise<void>;
};

export type FetchDeps = {
  readonly clock: Clock;
  readonly random: Pick<Random, 'fraction'>;
  readonly sleep: Sleep;
  readonly rateLimiter: RateLimiter;
  readonly memory?: ResponseMemory;
  /** See toUserAgent. */
  readonly userAgent: string;
};

export type FetchLimits = {
  /** From request to last byte, per attempt. */
  readonly attemptMs: number;
  /** Longest silence, before the headers and between two chunks. */
  readonly idleMs: number;
  /** Cap on the body after decoding, so that a small compressed body cannot fill the memory. */
  readonly bodyBytesMax: number;
  readonly attemptsMax: number;
  /** Longest pause before an attempt; where the remote asks for a longer one, the request ends as rate-limited. */
  readonly pauseMsMax: number;
};

export const FETCH_LIMITS: FetchLimits = {
  attemptMs: 60_000,
  idleMs: 20_000,
  bodyBytesMax: 32 * 1024 * 1024,
  attemptsMax: 4,
  pauseMsMax: 60_000,
};

export type FetchRequest = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends a POST with this as JSON; must be safe to repeat. */
  readonly json?: unknown;
  /** Requests the body even if it has not changed. */
  readonly isUnconditional?: boolean;
  readonly limits?: Partial<FetchLimits>;
  readonly signal?: AbortSignal;
};

/** `Paperboy/0.1.0 (+https://papers.example.org; mailto:ops@example.org)`: remote operators want a contact. */
export function toUserAgent(version: string, contacts: readonly string[]): string {
  const known = contacts.map((contact) => contact.replace(/[^\x20-\x7e]|[();]/g, '').trim()).filter(Boolean);
  return `Paperboy/${version}${known.length === 0 ? '' : ` (${known.join('; ')})`}`;
}

/** Repeats the request until it has a response, no attempts are left, or the remote wants a longer pause than allowed. */
export async function fetchBody(deps: FetchDeps, request: FetchRequest): Promise<FetchOutcome> {
  const call = { deps, request, limits: { ...FETCH_LIMITS, ...request.limits } };
  const hop = await toFirstHop(call);
  for (let attempts = 1; ; attempts += 1) {
    const result = await attempt(call, hop);
    const isLast = attempts >= call.limits.attemptsMax || request.signal?.aborted === true;
    if (!result.isTransient || isLast) return result.outcome;

    // Not before the instant the remote named, and with jitter, since other clients were told the same instant.
    const backoffAtMs = deps.clock.now().getTime() + backoffMs(attempts, deps.random.fraction());
    const retryAt = new Date(Math.max(backoffAtMs, result.opensAt?.getTime() ?? 0));
    if (!(await pauseUntil(call, retryAt))) return result.outcome;
  }
}

type Call = { readonly deps: FetchDeps; readonly request: FetchRequest; readonly limits: FetchLimits };

/** Returns false at once when the pause would be longer than the limits allow. */
async function pauseUntil({ deps, request, limits }: Call, instant: Date): Promise<boolean> {
  const pauseMs = instant.getTime() - deps.clock.now().getTime();
  if (pauseMs > limits.pauseMsMax) return false;
  if (pauseMs > 0) await deps.sleep(pauseMs, request.signal);
  return true;
}

async function toFirstHop({ deps, request }: Call): Promise<Hop> {
  const url = new URL(request.url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Error(`cannot fetch ${url.protocol} URLs`);
  const headers = new Headers({ 'user-agent': deps.userAgent, ...request.headers });
  if (request.json !== undefined) {
    headers.set('content-type', 'application/json');
    return { url, headers, method: 'POST', body: JSON.stringify(request.json) };
  }
  const known = request.isUnconditional === true ? null : await deps.memory?.find(request.url);
  if (known?.etag) headers.set('if-none-match', known.etag);
  if (known?.lastModified) headers.set('if-modified-since', known.lastModified);
  return { url, headers, method: 'GET', body: null };
}

/** One try, through its redirects; each request takes a turn of its own at its host. */
async function attempt(call: Call, first: Hop): Promise<AttemptResult> {
  let hop = first;
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
    const step = await sendInTurn(call, hop);
    if (step.kind === 'response') return step.result;
    if (typeof step.next === 'string')
      return finalResult({ kind: 'refused', status: step.status, reason: step.next });
    hop = step.next;
  }
  return finalResult({ kind: 'refused', status: 302, reason: `more than ${REDIRECTS_MAX} redirects` });
}

/** `next` is the redirected request, or why it is not followed. */
type SendResult =
  | { kind: 'response'; result: AttemptResult }
  | { kind: 'redirected'; status: number; next: Hop | string };

async function sendInTurn(call: Call, hop: Hop): Promise<SendResult> {
  const { rateLimiter } = call.deps;
  const { host } = hop.url;
  const turnAt = await rateLimiter.claim(host);
  let step: SendResult | null = null;
  try {
    if (!(await pauseUntil(call, turnAt)))
      return { kind: 'response', result: finalResult({ kind: 'rate-limited', retryAt: turnAt }) };
    step = await send(call, hop);
    return step;
  } finally {
    const opensAt = step?.kind === 'response' ? step.result.opensAt : null;
    // Before the release, so that the next caller already sees the pause.
    if (opensAt !== null) await rateLimiter.defer(host, opensAt);
    await rateLimiter.release(
      host,
      step === null || call.request.signal?.aborted === true ? null : failureOf(step),
    );
  }
}

/** Counts against the host: that it is unavailable, not that it wants a pause or that we aborted. */
function failureOf(step: SendResult): string | null {
  return step.kind === 'response' && step.result.outcome.kind === 'unavailable'
    ? step.result.outcome.reason
    : null;
}

async function send(call: Call, hop: Hop): Promise<SendResult> {
  const watch = startWatch(call.limits, call.request.signal);
  try {
    const { url, ...asked } = hop;
    const response = await fetch(url, { ...asked, redirect: 'manual', signal: watch.signal });
    watch.touch();
    const next = nextHop(hop, response.status, response.headers.get('location'));
    if (next === null) return { kind: 'response', result: await readResponse(call, response, watch) };
    await response.body?.cancel();
    return { kind: 'redirected', status: response.status, next };
  } catch (error) {
    return { kind: 'response', result: unreachable(watch.reason() ?? networkReason(error)) };
  } finally {
    watch.stop();
  }
}

async function readResponse(
  { deps, limits }: Call,
  response: Response,
  watch: Watch,
): Promise<AttemptResult> {
  const now = deps.clock.now();
  const { status, headers, url } = response;
  const refusal = toRefusal(status, headers, now);
  if (refusal !== null) {
    await response.body?.cancel();
    return refusal;
  }
  const bytes = await readBytes(response, limits.bodyBytesMax, watch);
  if (bytes === null) return finalResult({ kind: 'too-large', bodyBytesMax: limits.bodyBytesMax });
  const text = decode(bytes, headers.get('content-type'));
  const answer = { kind: 'ok', status, url, text, headers, validators: validatorsOf(headers) } as const;
  return finalResult(answer, quotaExhaustedUntil(headers, now));
}

/** The decoded body; null as soon as it exceeds the cap. */
async function readBytes(response: Response, bytesMax: number, watch: Watch): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of response.body ?? []) {
    watch.touch();
    byteCount += chunk.byteLength;
    // Leaving the loop cancels the stream and closes the connection.
    if (byteCount > bytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer, contentType: string | null): string {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // RangeError: an unknown charset. Everything these sources send is UTF-8.
    return new TextDecoder().decode(bytes);
  }
}

/** The timeouts of one attempt; `reason` says which of them, or whether the caller, ended it. */
type Watch = { signal: AbortSignal; touch(): void; stop(): void; reason(): string | null };

function startWatch(limits: FetchLimits, outer: AbortSignal | undefined): Watch {
  const controller = new AbortController();
  let reason: string | null = null;
  const end = (why: string) => {
    reason ??= why;
    controller.abort();
  };
  const onOuterAbort = () => end('aborted');
  if (outer?.aborted === true) onOuterAbort();
  outer?.addEventListener('abort', onOuterAbort, { once: true });
  const total = setTimeout(() => end(`no complete answer within ${limits.attemptMs} ms`), limits.attemptMs);
  const idle = setTimeout(() => end(`silent for ${limits.idleMs} ms`), limits.idleMs);
  return {
    signal: controller.signal,
    touch: () => void idle.refresh(),
    stop: () => {
      clearTimeout(total);
      clearTimeout(idle);
      outer?.removeEventListener('abort', onOuterAbort);
    },
    reason: () => reason,
  };
}

/** The message of `fetch` is always `fetch failed`; its cause has the system's error code. */
function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return 'network failure';
  const cause = error.cause;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}

export type Hop = {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Headers;
  readonly body: string | null;
};

export const REDIRECTS_MAX = 5;

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

/** Headers that may follow a redirect to another origin; all others could be credentials. */
const PUBLIC_HEADERS = new Set([
  'accept',
  'content-type',
  'if-modified-since',
  'if-none-match',
  'user-agent',
]);

/** The redirected request, why the redirect is not followed, or null when the response is no redirect. */
export function nextHop(hop: Hop, status: number, location: string | null): Hop | string | null {
  if (!REDIRECT_STATUSES.has(status)) return null;
  const url = location === null ? null : URL.parse(location, hop.url);
  if (url === null) return 'redirect without a readable address';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `redirect to the scheme ${url.protocol}`;
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') return 'redirect from https to http';
  const headers = url.origin === hop.url.origin ? hop.headers : withoutCredentials(hop.headers);
  const keepsMethod = status === 307 || status === 308 || (status === 301 && hop.method === 'GET');
  return keepsMethod ? { ...hop, url, headers } : { url, headers, method: 'GET', body: null };
}

function withoutCredentials(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => PUBLIC_HEADERS.has(name)));
}
