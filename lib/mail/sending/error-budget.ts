/**
 * When a run must stop by itself. A relay that refuses much, or leaves much uncertain, tells of something that is wrong
 * with all of the mail: each further message makes it worse, for the sender's name most of all.
 */
import type { SubmitOutcome } from './submit-outcome.ts';

/** The newest outcomes that count. */
const REMEMBERED = 200;
/** Fewer say nothing. */
const LEAST = 50;
const REJECTED_SHARE_MAX = 0.2;
const UNCERTAIN_SHARE_MAX = 0.1;
/** Connection faults in a row: the relay is away, and the run ends until the next one. */
const FAULTS_MAX = 10;

export type ErrorBudget = {
  record(outcome: SubmitOutcome): void;
  /** Why nothing more may be sent until somebody has looked; null while all is well. */
  exhausted(): string | null;
  /** True when the relay cannot be reached; that passes without anybody's help. */
  isRelayAway(): boolean;
};

export function createErrorBudget(): ErrorBudget {
  const newest: SubmitOutcome['kind'][] = [];
  let lastReply = '';
  let faults = 0;
  const shareOf = (kind: SubmitOutcome['kind']) =>
    newest.filter((one) => one === kind).length / newest.length;
  return {
    record(outcome) {
      faults = outcome.kind === 'deferred' && outcome.scope === 'connection' ? faults + 1 : 0;
      if (outcome.kind === 'deferred') return;
      if (outcome.kind !== 'submitted') lastReply = outcome.reply;
      newest.push(outcome.kind);
      if (newest.length > REMEMBERED) newest.shift();
    },
    exhausted() {
      if (newest.length < LEAST) return null;
      const [rejected, uncertain] = [shareOf('rejected'), shareOf('uncertain')];
      if (rejected <= REJECTED_SHARE_MAX && uncertain <= UNCERTAIN_SHARE_MAX) return null;
      const percent = (share: number) => `${Math.round(share * 100)} %`;
      return `Of the last ${newest.length} messages ${percent(rejected)} were refused and ${percent(uncertain)} are uncertain. The relay said: ${lastReply}`;
    },
    isRelayAway: () => faults >= FAULTS_MAX,
  };
}
