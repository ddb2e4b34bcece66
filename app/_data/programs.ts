/** What answers to programs need of the process: one quota per kind of request, for all of them. */
import 'server-only';
import { createQuota, type Quota } from '#app/api/_http/quota.ts';
import { describeError } from '#lib/log.ts';
import { runtime } from '#lib/runtime.ts';

const WINDOW_SECONDS = 300;
/** Suggestions come with every few letters. */
const SUGGESTIONS_PER_REQUEST = 4;

let quotas: { readonly search: Quota; readonly suggest: Quota } | undefined;

export function getProgramDeps(kind: 'search' | 'suggest') {
  const { apiRequests: requests } = runtime.config;
  quotas ??= {
    search: createQuota({ name: 'search', requests, windowSeconds: WINDOW_SECONDS }),
    suggest: createQuota({
      name: 'suggest',
      requests: requests * SUGGESTIONS_PER_REQUEST,
      windowSeconds: WINDOW_SECONDS,
    }),
  };
  return {
    baseUrl: runtime.config.baseUrl,
    now: runtime.clock.now(),
    quota: quotas[kind],
    report: (error: unknown) => runtime.log.error('answer-failed', { reason: describeError(error) }),
  };
}
