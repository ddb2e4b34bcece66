/** What all answers to programs have in common: who may read them, how many there are in a while, and what failed. */

import { answerText } from '#app/api/_http/conditional-answer.ts';
import { ipOf } from '#app/api/_http/form-request.ts';
import { type Quota, quotaHeaders } from '#app/api/_http/quota.ts';
import { answerProblem, type Problem } from './problem.ts';

type Deps = {
  readonly baseUrl: string;
  readonly now: Date;
  readonly quota: Quota;
  /** Of what nobody expected. */
  readonly report: (error: unknown) => void;
};

export type Outcome =
  | { readonly kind: 'found'; readonly body: unknown; readonly contentType?: string; readonly link?: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Longer than any address; what claims to be one is kept in memory. */
const CLIENT_CHARS_MAX = 64;

/** Any site's script may ask, and see what the answer's headers say. */
const SHARED_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Link, RateLimit, RateLimit-Policy, Retry-After',
  // Asked again each time, at the price of a 304: a paper is to be found from the moment it is here.
  'Cache-Control': 'no-cache',
  'X-Robots-Tag': 'noindex',
};

export async function answerPrograms(
  request: Request,
  deps: Deps,
  find: (parameters: URLSearchParams) => Promise<Outcome>,
): Promise<Response> {
  const state = deps.quota.take(ipOf(request).slice(0, CLIENT_CHARS_MAX), deps.now);
  const response = state.isAllowed
    ? await answerOutcome(request, deps, find)
    : answerProblem(tooMany(deps.quota, state.resetSeconds), deps.baseUrl);
  const headers = { ...SHARED_HEADERS, ...quotaHeaders(deps.quota, state) };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

async function answerOutcome(
  request: Request,
  { baseUrl, report }: Deps,
  find: (parameters: URLSearchParams) => Promise<Outcome>,
): Promise<Response> {
  try {
    const outcome = await find(new URL(request.url).searchParams);
    if (outcome.kind === 'problem') return answerProblem(outcome.problem, baseUrl);
    const { body, contentType = 'application/json', link } = outcome;
    return answerText(request, {
      body: `${JSON.stringify(body)}\n`,
      contentType,
      ...(link !== undefined && { link }),
    });
  } catch (error) {
    // A program cannot read the page that Next would answer with.
    report(error);
    return answerProblem({ kind: 'failure', detail: 'It has been noted. Try again later.' }, baseUrl);
  }
}

function tooMany({ policy }: Quota, resetSeconds: number): Problem {
  const detail = `A client may make ${policy.requests} requests in ${policy.windowSeconds} seconds. Wait ${resetSeconds} seconds.`;
  return { kind: 'too-many-requests', detail };
}

/** Before a script of another site asks on a condition, its browser asks whether it may. */
export function answerPreflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...SHARED_HEADERS,
      'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
      'Access-Control-Allow-Headers': 'Accept, If-None-Match, If-Modified-Since',
      'Access-Control-Max-Age': '86400',
    },
  });
}
