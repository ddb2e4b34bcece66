import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { Biases } from './_components/biases.tsx';
import { Formula } from './_components/formula.tsx';
import { ReplayTables } from './_components/replay-tables.tsx';
import { SignalTable } from './_components/signal-table.tsx';
import { SimulationTable } from './_components/simulation-table.tsx';

export function generateMetadata(): Metadata {
  return describePage({
    baseUrl: getBaseUrl(),
    path: '/about/ranking',
    title: 'How the ranking works',
    description:
      'The formula behind what is rising: its signals, its constants, its known biases, and how it fares against those of others when the past is replayed.',
    type: 'article',
  });
}

export default function RankingPage() {
  return (
    <div className="prose mx-auto max-w-[46rem] pt-[clamp(1.2rem,3vw,2.2rem)] pb-8">
      <h1 className="text-banner">How the ranking works</h1>
      <p className="standfirst mt-3 mb-3.5">
        What is <a href="/trending">rising</a> is decided by one formula, the same for every paper. Here it is
        with its constants, what it is known to get wrong, and how well it has foreseen what came next.
      </p>
      <Formula />
      <SignalTable />
      <Biases />
      <ReplayTables />
      <SimulationTable />
    </div>
  );
}
