import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { readAsked } from '#app/asked.ts';
import { describePage } from '#app/metadata.ts';
import { RunningHead } from '#components/edition/masthead.tsx';
import { Honeypot } from '#components/subscribe/subscribe-box.tsx';
import { parseChoices, USUAL_SCHEDULE } from '#lib/subscriptions/choices.ts';
import { type Choices, PAPERS_MAX } from '#lib/subscriptions/subscription.ts';
import { ChoicesFields } from '../../_components/choices-fields.tsx';
import { describeProblem } from '../../_components/problems.ts';

/** Made for each reader, as a search is: app/kept-pages.ts keeps none of these. */
export const revalidate = 1;
export const generateStaticParams = () => [];

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

type Props = { params: Promise<{ asked: string }> };

export default async function SubscribePage({ params }: Props) {
  const fields = readAsked((await params).asked);
  const name = fields.get('problem') ?? undefined;
  const problem = describeProblem(name);
  return (
    <>
      <RunningHead />
      <main id="content" className="subscribe-page">
        <h1>The paper, by e-mail</h1>
        <p className="standfirst">
          What you ask for, when you want it, and never the same paper twice. One click ends it.
        </p>
        {problem !== null && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="subscribe-columns">
          <form className="choices" action="/api/subscribe" method="post" data-preview>
            <label className="field address">
              Your e-mail address
              <input
                type="email"
                name="address"
                required
                maxLength={254}
                autoComplete="email"
                {...(name === 'address' && { 'aria-invalid': true })}
              />
            </label>
            <Honeypot />
            <ChoicesFields
              choices={choicesOf(fields)}
              name="new"
              isZoneChosen={fields.get('zone') !== null}
            />
            <p className="buttons">
              <button type="submit" className="main-button">
                Subscribe
              </button>
              <button type="submit" formAction="/subscribe/preview" formMethod="get" formNoValidate>
                Show me the next issue
              </button>
            </p>
            <p className="help">
              We write to you once, to ask whether you meant it. Nothing is sent before you confirm; nothing
              is tracked afterwards.
            </p>
          </form>
          <section id="preview" className="preview" aria-live="polite" />
        </div>
        <section id="lost-link" className="lost-link">
          <h2>You are a subscriber already?</h2>
          <p>Every issue ends with a link to change, pause or end it. If you have none at hand:</p>
          <form action="/api/subscribe/link" method="post">
            <Honeypot />
            <label className="field">
              <span>Your e-mail address</span>
              <input type="email" name="address" required maxLength={254} autoComplete="email" />
            </label>
            <button type="submit">Send me the link</button>
          </form>
        </section>
      </main>
    </>
  );
}
