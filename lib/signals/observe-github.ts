/** Looks at the stars and forks of the repositories that papers name. */
import { fetchRepository, type RepositoryResponse } from './github-source.ts';
import type { PollResult, SignalValue } from './poll.ts';
import { ABORTED, type ClaimResult, type PollTarget, pollTargets, type SignalDeps } from './poll-targets.ts';
import type { EarlyEnd, SignalReport } from './report.ts';

/** Claimed at once: few, since a claim ends with its slowest request. */
const CLAIM_MAX = 20;
/** One repository can fail for its own reasons; after so many in a row it is GitHub, or our token. */
const FAILURES_MAX = 3;

export type GithubInput = {
  readonly baseUrl: string;
  readonly token: string | null;
  /** Most repositories to ask about. */
  readonly limit: number;
  readonly signal?: AbortSignal;
};

/** A repository is asked for once, however many papers name it. Throws only when the database does. */
export async function observeGithub(deps: SignalDeps, input: GithubInput): Promise<SignalReport> {
  let failures = 0;
  const poll = async (targets: readonly PollTarget[], mayGoOn: () => boolean): Promise<ClaimResult> => {
    const polls: PollResult[] = [];
    let end: EarlyEnd | null = null;
    let requests = 0;
    for (const due of targets) {
      if (end !== null || !mayGoOn()) break;
      const { limit: _, ...request } = input;
      // An answer "not modified" tells nothing of a paper that has come to name the repository since.
      const etag = due.isConfirmed ? due.etag : null;
      const answer = await fetchRepository(deps.fetch, { ...request, name: due.target, etag });
      requests += 1;
      failures = answer.kind === 'failed' ? failures + 1 : 0;
      end = toEnd(answer, failures, input.signal);
      if (end === null || end.kind === 'unavailable' || end.kind === 'refused')
        polls.push(toPollResult(due, answer, deps.fetch.clock.now()));
    }
    return { polls, requests, end };
  };
  const { signal } = input;
  return pollTargets(deps, {
    source: 'github',
    limit: input.limit,
    targetsPerRequest: 1,
    claimMax: CLAIM_MAX,
    poll,
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Why no more can be asked; the target of such an answer stays due where the limit or an abort is the reason. */
function toEnd(
  answer: RepositoryResponse,
  failures: number,
  signal: AbortSignal | undefined,
): EarlyEnd | null {
  if (answer.kind !== 'failed') return null;
  if (answer.end.kind === 'rate-limited') return answer.end;
  if (signal?.aborted === true) return ABORTED;
  return failures >= FAILURES_MAX ? answer.end : null;
}

function toPollResult(claimed: PollTarget, answer: RepositoryResponse, at: Date): PollResult {
  if (answer.kind === 'not-modified' || answer.kind === 'gone') return { kind: answer.kind, claimed, at };
  if (answer.kind !== 'repository') return { kind: 'failed', claimed, at };
  const { name, stars, forks } = answer.repository;
  const values = claimed.papers.flatMap(({ key }): SignalValue[] => [
    ...(stars === null ? [] : [{ paperKey: key, kind: 'stars' as const, value: stars }]),
    ...(forks === null ? [] : [{ paperKey: key, kind: 'forks' as const, value: forks }]),
  ]);
  const rejected = [stars, forks].filter((value) => value === null).length;
  const renamedTo = name === null || name === claimed.target ? null : name;
  return { kind: 'seen', claimed, at, values, rejected, etag: answer.etag, renamedTo };
}
