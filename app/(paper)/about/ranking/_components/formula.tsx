import { TableScroll } from '#components/ui/table-scroll.tsx';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';
import { HALF_LIFE_DAYS, OLD_SHARE } from '#lib/ranking/attention.ts';
import { RANKED_DAYS, RHYTHM_DAYS } from '#lib/ranking/ranked-days.ts';
import { PRIOR_WEIGHT, TOP } from '#lib/ranking/trending.ts';
import { FAST_HALF_LIFE_HOURS, FAST_SHARE, SLOW_HALF_LIFE_DAYS } from '#lib/ranking/velocity.ts';

export function Formula() {
  return (
    <section>
      <h2>The formula</h2>
      <p>
        Ranked are papers announced in the last {RANKED_DAYS} days, and older ones of which something was
        observed in them. Each kind of signal that a paper has goes through these steps:
      </p>
      <dl className="my-4">
        <dt className="font-display text-[1.16rem]">Velocity</dt>
        <dd className="mt-0.5 mb-3 *:[code]:mt-1 *:[code]:block">
          How fast it grows now, not how much it has: a weighted geometric mean of its daily rates, so that a
          burst counts for as long as it lasts and not for as high as it goes. Two memories are mixed, one
          that halves in {FAST_HALF_LIFE_HOURS} hours and one that halves in {SLOW_HALF_LIFE_DAYS} days. Hours
          are counted by how awake readers are, as learned from the last {RHYTHM_DAYS} days, so that a vote at
          night says more than one at noon.
        </dd>
        <dt className="font-display text-[1.16rem]">Expectation</dt>
        <dd className="mt-0.5 mb-3 *:[code]:mt-1 *:[code]:block">
          Few observations say little: the velocity is drawn towards what is usual for the paper’s list,
          category and weekday, with weight {PRIOR_WEIGHT} beside the share of the memory that was observed. A
          paper of which nothing was observed stands where such papers usually do.
          <code>
            v = exp((known · ln observed + {PRIOR_WEIGHT} · ln expected) ÷ (known + {PRIOR_WEIGHT}))
          </code>
        </dd>
        <dt className="font-display text-[1.16rem]">Age</dt>
        <dd className="mt-0.5 mb-3 *:[code]:mt-1 *:[code]:block">
          A new paper’s velocity counts whole and halves with the half-life of the list below, down to{' '}
          {OLD_SHARE} of what an old paper gains now.
        </dd>
        <dt className="font-display text-[1.16rem]">Standing out</dt>
        <dd className="mt-0.5 mb-3 *:[code]:mt-1 *:[code]:block">
          Each kind is measured in its own spread, so that thousands of stars are worth no more than dozens of
          upvotes when they are as rare: 0 is a middling new paper, 1 one in the top hundredth.
          <code>p = ln(v · age ÷ usual) ÷ spread</code>
        </dd>
        <dt className="font-display text-[1.16rem]">Score</dt>
        <dd className="mt-0.5 mb-3 *:[code]:mt-1 *:[code]:block">
          The sum over all kinds. One in the top hundredth counts for {TOP} middling papers. A kind never seen
          of a paper counts as it is to be expected, so that a paper without code loses nothing by it. Equal
          scores are ordered by identifier.
          <code>score = Σ weight · {TOP}^p</code>
        </dd>
      </dl>
      <TableScroll label="What the lists differ in">
        <table className="ruled-table mt-3.5 mb-2 w-full text-[0.88rem]">
          <caption>What the lists differ in</caption>
          <thead>
            <tr>
              <th scope="col">List</th>
              <th scope="col">Share of the fast memory</th>
              <th scope="col">Age at which a velocity counts half</th>
            </tr>
          </thead>
          <tbody>
            {TRENDING_WINDOWS.map((window) => (
              <tr key={window}>
                <th scope="row">The {window}</th>
                <td>{Math.round(100 * FAST_SHARE[window])} %</td>
                <td>{HALF_LIFE_DAYS[window]} days</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </section>
  );
}
