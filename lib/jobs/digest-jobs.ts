/** The recurring jobs of the digest. */
import { composeIssues } from '#lib/digest/compose-issues.ts';
import { sendIssues } from '#lib/digest/send-issues.ts';
import { sendLetters } from '#lib/subscriptions/send-letters.ts';
import { MINUTE_MS } from '#lib/time.ts';
import { type DigestDeps, toComposeDeps, toPace, toSendDeps } from './digest-deps.ts';
import type { Job } from './job.ts';

/** More than a run can do before its deadline: it is the deadline that ends a run. */
const ISSUES_MAX = 1_000_000;
const LETTERS_MAX = 500;

export function listDigestJobs(deps: DigestDeps): Job[] {
  return [
    {
      name: 'compose-issues',
      purpose: 'issues of the digest whose time has come',
      // Hours begin on whole quarters in every time zone.
      schedule: '1-59/5 * * * *',
      deadlineMs: 10 * MINUTE_MS,
      run: async ({ signal }) => composeIssues(toComposeDeps(deps), { limit: ISSUES_MAX, signal }),
    },
    {
      name: 'send-issues',
      purpose: 'the digest, and the letters that people wait for',
      schedule: '* * * * *',
      deadlineMs: 20 * MINUTE_MS,
      run: async ({ signal }) => {
        const sender = await toSendDeps(deps);
        const letters = await sendLetters(sender, { limit: LETTERS_MAX, signal });
        const { endedEarly: _reason, ...issues } = await sendIssues(sender, {
          limit: ISSUES_MAX,
          connections: deps.config.mail.connections,
          pace: toPace(deps.config, deps.clock.now()),
          signal,
        });
        return { ...issues, letters: letters.submitted, lettersDeferred: letters.deferred };
      },
    },
  ];
}
