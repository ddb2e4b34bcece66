import { type Command, Option } from 'commander';
import type { TrendingWindow } from '#lib/papers/paper-list.ts';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';
import { listPapersByKey } from '#lib/papers/store.ts';
import { formatReason } from '#lib/ranking/explanation.ts';
import { orderPapers } from '#lib/ranking/order-papers.ts';
import { rankPapers } from '#lib/ranking/rank-papers.ts';
import { listTrending } from '#lib/ranking/store.ts';
import type { TrendingScore } from '#lib/ranking/trending.ts';
import type { Runtime } from '#lib/runtime.ts';
import {
  answer,
  type Context,
  EXIT,
  type ExitCode,
  JSON_OPTION,
  parseCount,
  parseInstant,
  type Run,
} from '../command.ts';
import { notifyWeb } from '../notify-papers-changed.ts';
import { withRuntime } from '../with-runtime.ts';

const LIMIT = 50;

export function defineRank(command: Command, run: Run): void {
  command
    .addOption(
      new Option(
        '--at <instant>',
        'only compute the order of that moment, from the signals known then: 2026-11-24T10:00:00Z, or a day',
      ).argParser(parseInstant),
    )
    .addOption(new Option('--window <window>', 'the period').choices(TRENDING_WINDOWS).default('day'))
    .addOption(new Option('--limit <papers>', 'how many to list').argParser(parseCount).default(LIMIT))
    .option('--json', JSON_OPTION, false)
    .action(run(rank));
}

type RankFlags = {
  readonly at?: Date;
  readonly window: TrendingWindow;
  readonly limit: number;
  readonly json: boolean;
};

type Place = { readonly paperKey: number; readonly rank: number; readonly score: TrendingScore };

/** Without `at`, writes a snapshot, as the recurring job does, and lists its first papers. */
async function rank({ config }: Context, flags: RankFlags): Promise<ExitCode> {
  return withRuntime(config, async (runtime) => {
    const asOf = flags.at ?? runtime.clock.now();
    const { ranked, places } = await (flags.at === undefined
      ? rankNow(runtime, asOf, flags)
      : orderOf(runtime, asOf, flags));
    if (flags.at === undefined) await notifyWeb(config);
    const papers = await listPapersByKey(
      runtime.db,
      places.map(({ paperKey }) => paperKey),
    );
    const byKey = new Map(papers.map((paper) => [paper.key, paper]));
    const lines = places.flatMap(({ paperKey, rank: place, score }) => {
      const paper = byKey.get(paperKey);
      if (paper === undefined) return [];
      const { registry, identifier, titleText: title } = paper;
      return [{ rank: place, registry, identifier, title, reason: formatReason(score), ...score }];
    });
    const text = lines.map(({ rank: place, identifier, title, reason, score }) => {
      return `${String(place).padStart(4)}. ${title}\n      ${identifier}: ${reason} (score ${score})`;
    });
    answer(
      flags.json,
      { asOf: asOf.toISOString(), window: flags.window, ranked, papers: lines },
      text.length === 0 ? 'There is no paper to rank.' : text.join('\n'),
    );
    return EXIT.ok;
  });
}

async function rankNow({ db, clock }: Runtime, asOf: Date, { window, limit }: RankFlags) {
  const { ranked } = await rankPapers({ db, clock }, asOf);
  const entries = await listTrending(db, window, { limit });
  const places = entries.map(
    ({ paperKey, rank: place, ...score }): Place => ({ paperKey, rank: place, score }),
  );
  return { ranked, places };
}

async function orderOf({ db }: Runtime, at: Date, { window, limit }: RankFlags) {
  const order = await orderPapers(db, { at, window });
  const places = order
    .slice(0, limit)
    .map(
      ({ candidate, rank: place, ...score }): Place => ({ paperKey: candidate.paperKey, rank: place, score }),
    );
  return { ranked: order.length, places };
}
