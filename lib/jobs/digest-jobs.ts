/** The recurring jobs of the digest. */
import { composeIssues } from '#lib/digest/compose-issues.ts';
import { sendIssues } from '#lib/digest/send-issues.ts';
import { sendLetters } from '#lib/subscriptions/send-letters.ts';
import { MINUTE_MS } from '#lib/time.ts';
import { type DigestDeps, toComposeDeps, toPace, toSendDeps } from './digest-deps.ts';
import type { Job } from './job.ts';

/** More than a run can do before its deadline, which ends it. */
const ISSUES_MAX = 1_000_000;
const LETTERS_MAX = 500;

export function listDigestJobs(deps: DigestDeps): Job[] {
  return [
    {
      name: 'compose-issues',
      purpose: 'compose the issues of the digest that are due',
      // In every time zone, hours begin on a quarter of a UTC hour.
      schedule: '1-59/5 * * * *',
      deadlineMs: 10 * MINUTE_MS,
      run: async ({ signal }) => composeIssues(toComposeDeps(deps), { limit: ISSUES_MAX, signal }),
    },
    {
      name: 'send-issues',
      purpose: 'send the digest, and letters such as opt-in mails',
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
