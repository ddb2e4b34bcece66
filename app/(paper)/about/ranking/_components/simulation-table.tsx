import { TableScroll } from '#components/ui/table-scroll.tsx';
import { FORMULA_NAMES } from '#lib/ranking/evaluation/formula-names.ts';
import type { SimulationReport } from '#lib/ranking/simulation/simulation.ts';
import { evaluation } from './evaluation.ts';
import { labelOf } from './replay-tables.tsx';

/** What recorded data cannot answer, by simulated votes. */
export function SimulationTable() {
  const { simulation, worlds } = evaluation;
  if (simulation === null) return null;
  return (
    <section>
      <h2>Is it fair, and can it be pushed?</h2>
      <p>
        Recorded data cannot say. In {worlds} simulated worlds with 50 papers a day, readers sleep at night,
        rest at weekends and follow one another. The same good paper is submitted at each of 24 hours; a
        middling paper begins to rise tenfold; and ten votes are bought for a middling paper.
      </p>
      <Table caption="The list of the day" simulation={simulation.day} />
      <Table caption="The list of the week" simulation={simulation.week} />
      <p className="text-faded">
        Best rank: the median over the worlds, for the best and the worst hour. The list of the week is the
        less fair of the two to those who submit in the evening.
      </p>
    </section>
  );
}

function Table({ caption, simulation }: { caption: string; simulation: SimulationReport }) {
  return (
    <TableScroll label={caption}>
      <table className="ruled-table mt-3.5 mb-2 w-full text-[0.88rem]">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Best rank, by hour of submission</th>
            <th scope="col">Hours until a riser is in the first ten</th>
            <th scope="col">Rank of the pushed paper</th>
            <th scope="col">Places lost by others, at worst</th>
          </tr>
        </thead>
        <tbody>
          {FORMULA_NAMES.map((name) => {
            const { peakRankByHour, hoursToSurface, collusion } = simulation[name];
            return (
              <tr key={name} {...(name === 'paperboy' && { className: 'bg-wash font-semibold' })}>
                <th scope="row">{labelOf(name)}</th>
                <td>
                  {Math.min(...peakRankByHour)} to {Math.max(...peakRankByHour)}
                </td>
                <td>{hoursToSurface === null ? 'never' : hoursToSurface}</td>
                <td>
                  {collusion.rankWithout} → {collusion.rankWith}
                </td>
                <td>{collusion.placesLostAtWorst}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableScroll>
  );
}
