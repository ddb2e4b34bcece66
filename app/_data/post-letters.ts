import 'server-only';
import { toSendDeps } from '#lib/jobs/digest-deps.ts';
import { describeError } from '#lib/log.ts';
import { runtime } from '#lib/runtime.ts';
import { sendLetters } from '#lib/subscriptions/send-letters.ts';

/** Somebody sits and waits for one of them. The worker takes care of those that could not be sent at once. */
const LETTERS_MAX = 8;

/** Sends letters after the answer, so that no answer takes longer for an address that gets one. */
export async function postLetters(): Promise<void> {
  try {
    await sendLetters(await toSendDeps(runtime), { limit: LETTERS_MAX });
  } catch (error) {
    runtime.log.warn('letters-delayed', { error: describeError(error) });
  }
}
