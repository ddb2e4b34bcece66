import type { Clock } from '#lib/clock.ts';
import type { Db } from '#lib/db/client.ts';
import { domainOf, parseAddress, toAddressKey } from '#lib/mail/address.ts';
import { countRequest } from './count-request.ts';
import { ALL_LIMIT, MAILBOX_LIMITS, NETWORK_LIMIT, toMailboxKey, toNetworkKey } from './request-limit.ts';
import { insertManageLetter, insertRequest } from './request-store.ts';
import type { Choices } from './subscription.ts';

export type RequestOutcome = 'accepted' | 'address-invalid' | 'too-many-requests';

export type RequestDeps = {
  readonly db: Db;
  readonly clock: Clock;
  readonly secret: string;
  sleep(ms: number): Promise<void>;
};

export type Visitor = {
  readonly address: string;
  /** Who asks, as far as the web server knows. */
  readonly ip: string;
};

/**
 * Answers come at whole multiples of this from the request: whatever differs in the work, by what is known of the
 * address, ends well within it.
 */
const ANSWER_STEP_MS = 250;

/**
 * First half of double opt-in. A letter goes to the mailbox; nothing else happens before its link is followed and
 * confirmed. *Accepted* says nothing of what is known of the address, nor of whether a letter goes out.
 */
export async function requestSubscription(
  deps: RequestDeps,
  request: Visitor & { readonly choices: Choices },
): Promise<RequestOutcome> {
  return answerRequest(deps, request, (mailbox) =>
    insertRequest(deps.db, { ...mailbox, choices: request.choices }),
  );
}

/** Sends the way to a mailbox's subscriptions to that mailbox, where it has any. The answer does not tell. */
export async function requestManageLink(deps: RequestDeps, request: Visitor): Promise<RequestOutcome> {
  return answerRequest(deps, request, (mailbox) => insertManageLetter(deps.db, mailbox));
}

type Mailbox = { folded: string; address: string; domain: string; now: Date; isQuiet: boolean };

async function answerRequest(
  deps: RequestDeps,
  { address: text, ip }: Visitor,
  keep: (mailbox: Mailbox) => Promise<void>,
): Promise<RequestOutcome> {
  const address = parseAddress(text);
  if (address === null) return 'address-invalid';
  const now = deps.clock.now();
  if (await countRequest(deps, [NETWORK_LIMIT], toNetworkKey(ip))) return 'too-many-requests';
  // Counted only now: one network's refused requests must not use up what all share.
  if (await countRequest(deps, [ALL_LIMIT], 'all')) return 'too-many-requests';
  const isQuiet = await countRequest(deps, MAILBOX_LIMITS, toMailboxKey(address));
  await keep({ folded: toAddressKey(address), address, domain: domainOf(address), now, isQuiet });
  const spentMs = deps.clock.now().getTime() - now.getTime();
  await deps.sleep(ANSWER_STEP_MS - (spentMs % ANSWER_STEP_MS));
  return 'accepted';
}
