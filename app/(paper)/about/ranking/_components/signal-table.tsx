import { TableScroll } from '#components/ui/table-scroll.tsx';
import { SIGNAL_KINDS, type SignalKind } from '#lib/papers/paper.ts';
import { SIGNAL } from '#lib/ranking/signal.ts';

const SOURCE: Readonly<Record<SignalKind, string>> = {
  upvotes: 'Hugging Face, daily papers',
  comments: 'Hugging Face, daily papers',
  stars: 'GitHub; Hugging Face where GitHub was not asked',
  forks: 'GitHub',
  citations: 'Semantic Scholar',
};

export function SignalTable() {
  return (
    <section>
      <h2>The signals</h2>
      <p>
        Every reading is kept, so any past order can be made again: <code>paperboy rank --at</code> does. What
        is usual, and how far papers differ, is estimated from the papers themselves; the figures here are
        where a new instance begins. Weights are an editorial choice.
      </p>
      <TableScroll label="The signals">
        <table className="ruled-table mt-3.5 mb-2 w-full text-[0.88rem]">
          <thead>
            <tr>
              <th scope="col">Signal</th>
              <th scope="col">From</th>
              <th scope="col">Weight</th>
              <th scope="col">Usual a day, when new</th>
              <th scope="col">Interest halves in</th>
              <th scope="col">At most a day</th>
            </tr>
          </thead>
          <tbody>
            {SIGNAL_KINDS.map((kind) => (
              <tr key={kind}>
                <th scope="row">{SIGNAL[kind].plural}</th>
                <td>{SOURCE[kind]}</td>
                <td>{SIGNAL[kind].weight}</td>
                <td>{SIGNAL[kind].usualPerDay}</td>
                <td>{SIGNAL[kind].halfLifeDays} days</td>
                <td>{SIGNAL[kind].perDayMax.toLocaleString('en-GB')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <h3>Readings that cannot be right</h3>
      <p>
        Negative, absurd and future readings are dropped; of several at one instant the smallest counts; a
        count that falls and rises again is smoothed, one that falls by half and stays there is taken for
        another repository. A repository that was renamed keeps its curve. Growth over a gap is spread evenly
        over it; after the last reading nothing is known, unless the source was heard since and had nothing
        new to tell: then the count stood still. Where GitHub counts a paper’s stars, Hugging Face’s copy of
        them is left out, since it lags.
      </p>
    </section>
  );
}
