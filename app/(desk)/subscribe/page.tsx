import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { readSearchParams, type SearchParams } from '#app/search-params.ts';
import { Honeypot } from '#components/subscribe/subscribe-box.tsx';
import { parseChoices, USUAL_SCHEDULE } from '#lib/subscriptions/choices.ts';
import { type Choices, PAPERS_MAX } from '#lib/subscriptions/subscription.ts';
import { ChoicesFields } from './_components/choices-fields.tsx';
import { describeProblem } from './_components/problems.ts';

export function generateMetadata(): Metadata {
  return describePage({
    baseUrl: getBaseUrl(),
    path: '/subscribe',
    title: 'Subscribe',
    description: 'Trending papers, categories of arXiv or any query, by e-mail, at the hour you choose.',
    type: 'website',
  });
}

const USUAL: Choices = {
  ...USUAL_SCHEDULE,
  hasTrending: true,
  categories: [],
  queries: [],
  mutedWords: [],
  papersMax: PAPERS_MAX.usual,
  sendWhenEmpty: false,
};

/** As links fill the form in; what cannot be read in them is as if it were not there. */
function choicesOf(fields: URLSearchParams): Choices {
  const hasTopics = ['trending', 'category', 'q'].some((name) => fields.get(name));
  if (!hasTopics) fields.set('trending', 'on');
  const parsed = parseChoices(fields);
  if (!Array.isArray(parsed)) return parsed;
  for (const { field } of parsed) fields.delete(field);
  const again = parseChoices(fields);
  return Array.isArray(again) ? USUAL : again;
}

type Props = { searchParams: SearchParams };

export default async function SubscribePage({ searchParams }: Props) {
  const fields = await readSearchParams(searchParams);
  const name = fields.get('problem') ?? undefined;
  const problem = describeProblem(name);
  return (
    <div className="mx-auto max-w-[66rem] pt-6 pb-8" data-hides-invitation>
      <h1 className="text-title">Subscribe by e-mail</h1>
      <p className="standfirst">
        Choose topics, days and hour. You never get the same paper twice, and unsubscribe with one click.
      </p>
      {problem !== null && (
        <p className="remark" role="alert">
          {problem}
        </p>
      )}
      <div className="grid gap-8 min-[56rem]:grid-cols-[minmax(19rem,26rem)_minmax(0,1fr)] min-[56rem]:gap-x-[clamp(2rem,5vw,4.5rem)]">
        <form action="/api/subscribe" method="post" data-preview>
          <label className="field">
            Your e-mail address
            <input
              type="email"
              name="address"
              className="text-field"
              required
              maxLength={254}
              autoComplete="email"
              {...(name === 'address' && { 'aria-invalid': true })}
            />
          </label>
          <Honeypot />
          <ChoicesFields choices={choicesOf(fields)} name="new" isZoneChosen={fields.get('zone') !== null} />
          <p className="buttons mt-6">
            <button type="submit" className="main-button">
              Subscribe
            </button>
            <button
              type="submit"
              className="text-button"
              formAction="/subscribe/preview"
              formMethod="get"
              formNoValidate
            >
              Preview the next issue
            </button>
          </p>
          <p className="mt-4 text-small text-faded">
            We send one e-mail with a link to confirm your subscription, and nothing else until you have.
            Nothing is tracked.
          </p>
        </form>
        <section
          id="preview"
          className="self-start border-y-3 border-double border-rule bg-wash px-[clamp(1rem,2.5vw,2rem)] py-6 empty:hidden"
          aria-live="polite"
        />
      </div>
      <section id="lost-link">
        <h2 className="ruled-heading">Already subscribed?</h2>
        <p>
          Every issue ends with a link to change, pause or cancel your subscription. If you cannot find it:
        </p>
        <form
          action="/api/subscribe/link"
          method="post"
          className="flex flex-wrap items-end gap-x-6 gap-y-2.5"
        >
          <Honeypot />
          <label className="field flex-[0_1_22rem]">
            <span>Your e-mail address</span>
            <input
              type="email"
              name="address"
              className="text-field"
              required
              maxLength={254}
              autoComplete="email"
            />
          </label>
          <button type="submit" className="text-button">
            Send me the link
          </button>
        </form>
      </section>
    </div>
  );
}
