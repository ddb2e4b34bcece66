import type { Metadata } from 'next';
import { getPreview } from '#app/_data/digest.ts';
import { readSearchParams, type SearchParams } from '#app/search-params.ts';
import { formatDay, formatMomentLong } from '#components/edition/dateline.ts';
import { IssuePapers } from '#components/subscribe/issue-papers.tsx';
import { countOf } from '#components/ui/number.ts';
import { parseChoices, toFormFields } from '#lib/subscriptions/choices.ts';
import { type Choices, describeSchedule, describeTopics } from '#lib/subscriptions/subscription.ts';

export const metadata: Metadata = { title: 'The next issue', robots: { index: false } };

type Props = { searchParams: SearchParams };

export default async function PreviewPage({ searchParams }: Props) {
  const fields = await readSearchParams(searchParams);
  const choices = parseChoices(fields);
  const back = Array.isArray(choices) ? fields : new URLSearchParams(toFormFields(choices));
  return (
    <div className="mx-auto max-w-[66rem] pt-6 pb-8" data-hides-invitation>
      <section id="preview">
        {Array.isArray(choices) ? (
          <p className="remark" role="alert">
            {choices.map(({ sentence }) => sentence).join(' ')}
          </p>
        ) : (
          <Preview choices={choices} />
        )}
      </section>
      <p className="buttons mt-6">
        <a className="main-button" href={`/subscribe?${back}`}>
          Back to the form
        </a>
      </p>
    </div>
  );
}

async function Preview({ choices }: { choices: Choices }) {
  const { papers, matching, insteadOn, dueAt } = await getPreview(choices);
  return (
    <>
      <p className="kicker">{insteadOn === null ? 'If it were sent now' : `As of ${formatDay(insteadOn)}`}</p>
      <h1 className="mt-1 text-[clamp(1.6rem,1.2rem+1.2vw,2.2rem)]">{describeTopics(choices)}</h1>
      <p className="standfirst">
        {describeSchedule(choices)}. First issue: {formatMomentLong(dueAt, choices.zone)}.{' '}
        {matching > papers.length &&
          `${countOf(papers.length, 'paper', 'papers')} of ${matching} that match.`}
      </p>
      {papers.length === 0 ? (
        <p>
          No recent paper matches.{' '}
          {choices.sendWhenEmpty ? 'The issue would say so.' : 'No issue would be sent.'}
        </p>
      ) : (
        <IssuePapers papers={papers} isBrief />
      )}
    </>
  );
}
