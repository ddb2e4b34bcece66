import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
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

function Biases() {
  return (
    <section>
      <h2>Known biases</h2>
      <ul>
        <li>Attention is not merit. Citations foretell merit better, and come too late.</li>
        <li>
          Lists that people curate are watched more closely than arXiv: a paper on Hugging Face’s list is
          known earlier and better than one that is not.
        </li>
        <li>What is shown is voted for: signals beget signals, and this page is part of that.</li>
        <li>
          Papers with public code have one more way to be noticed, though they gain nothing from the code
          itself.
        </li>
        <li>
          Fields whose readers are not on these sites stand lower than they would. Narrow the list to a field
          to see it by itself.
        </li>
        <li>
          The replay’s data are repositories that made a list of the most starred: survivors, and not papers.
        </li>
      </ul>
    </section>
  );
}
