/**
 * GitHub's REST API, one repository at a time. Without a token it answers 60 requests an hour, with one 5,000;
 * conditional requests that end in 304 count as none
 * (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 */

import { z } from 'zod';
import { type FetchDeps, type FetchLimits, fetchBody } from '#lib/http/fetch-body.ts';
import { describeRefusal } from '#lib/http/outcome.ts';
import { parseJson } from '#lib/text/json.ts';
import { SignalCount } from './poll.ts';
import type { EarlyEnd } from './report.ts';

export type RepositoryResponse =
  | { readonly kind: 'repository'; readonly repository: Repository; readonly etag: string | null }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'gone' }
  /** Answered, but with nothing that can be used. */
  | { readonly kind: 'unreadable' }
  /** `end` says what this means for the requests after it, if it means anything. */
  | { readonly kind: 'failed'; readonly end: EarlyEnd };

export type RepositoryRequest = {
  readonly baseUrl: string;
  readonly token: string | null;
  /** `owner/name` */
  readonly name: string;
  /** Validator of the answer we know; null asks for it whatever we know. */
  readonly etag: string | null;
  readonly signal?: AbortSignal;
};

/** Short, so that a lease over several repositories holds: another run asks again what this one could not have. */
const LIMITS: Partial<FetchLimits> = {
  attemptMs: 15_000,
  idleMs: 10_000,
  bodyBytesMax: 1024 * 1024,
  attemptsMax: 2,
  pauseMsMax: 5_000,
};

/** Unavailable For Legal Reasons: taken down after a complaint. */
const STATUS_TAKEN_DOWN = 451;

/** Redirects of renamed and transferred repositories are followed; the answer then bears the new name. */
export async function fetchRepository(
  deps: FetchDeps,
  request: RepositoryRequest,
): Promise<RepositoryResponse> {
  const outcome = await fetchBody(deps, {
    url: `${request.baseUrl}/repos/${request.name}`,
    headers: {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      ...(request.token === null ? {} : { authorization: `Bearer ${request.token}` }),
      ...(request.etag === null ? {} : { 'if-none-match': request.etag }),
    },
    // The validator is kept with the schedule, not in the memory of all answers.
    isUnconditional: true,
    limits: LIMITS,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  switch (outcome.kind) {
    case 'ok': {
      const repository = parseRepository(outcome.text);
      if (repository === null) return { kind: 'unreadable' };
      return { kind: 'repository', repository, etag: parseEtag(outcome.validators.etag) };
    }
    case 'not-modified':
      return { kind: 'not-modified' };
    case 'not-found':
      return { kind: 'gone' };
    case 'too-large':
      return { kind: 'unreadable' };
    case 'refused':
      if (outcome.status === STATUS_TAKEN_DOWN) return { kind: 'gone' };
      break;
  }
  const retryAt = 'retryAt' in outcome ? outcome.retryAt : null;
  return { kind: 'failed', end: { kind: outcome.kind, reason: describeRefusal(outcome), retryAt } };
}

/** `owner/name`, lower-cased, as target-store.ts finds it in links; GitHub ignores case in names. */
const FULL_NAME = /^[a-z\d][a-z\d-]{0,38}\/(?!\.+$)[\w.-]{1,100}$/;

/** Weak or strong, of characters that a header can hold (RFC 9110 section 8.8.3), and not longer than sense makes. */
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]{1,200}"$/;

export type Repository = {
  /** `owner/name` as it is called now, lower-cased; null where the answer does not say. */
  readonly name: string | null;
  /** Null where the answer has no such count, or one that none can be. */
  readonly stars: number | null;
  readonly forks: number | null;
};

const RepositoryBody = z.object({
  full_name: z.string().catch(''),
  stargazers_count: SignalCount,
  forks_count: SignalCount,
});

/** Null when the body is no repository at all. */
export function parseRepository(body: string): Repository | null {
  const parsed = RepositoryBody.safeParse(parseJson(body)).data;
  if (parsed === undefined) return null;
  const name = parsed.full_name.toLowerCase();
  return {
    name: FULL_NAME.test(name) ? name : null,
    stars: parsed.stargazers_count,
    forks: parsed.forks_count,
  };
}

/** The validator if it can be sent back; null for one that no header can hold. */
export function parseEtag(etag: string | null): string | null {
  return etag !== null && ETAG.test(etag) ? etag : null;
}
