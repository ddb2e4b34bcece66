import type { Metadata } from 'next';
import { Missing } from '#app/_components/missing.tsx';
import { getIssue, type WebIssue } from '#app/_data/digest.ts';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { formatDayLong } from '#components/edition/dateline.ts';
import { Notice } from '#components/edition/notice.tsx';
import { IssuePapers } from '#components/subscribe/issue-papers.tsx';
import { countOf } from '#components/ui/number.ts';
import { describeTopics } from '#lib/subscriptions/subscription.ts';

type Props = { params: Promise<{ token: string }> };

/** An issue of somebody's own is found by its link alone; the archive is for everybody. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const issue = await getIssue(token);
  if (issue === null) return { title: 'No such issue', robots: { index: false } };
  const title = `${nameOf(issue)}, ${formatDayLong(issue.editionOn)}`;
  if (!issue.isArchive) return { title, robots: { index: false }, referrer: 'same-origin' };
  const description = issue.papers.map(({ paper }) => paper.titleText).join(' · ');
  return describePage({
    baseUrl: getBaseUrl(),
    path: `/issues/${token}`,
    title,
    description,
    type: 'article',
  });
}

export default async function IssuePage({ params }: Props) {
  const issue = await getIssue((await params).token);
  if (issue === null) {
    return (
      <Missing>
        <Notice kicker="404" title="No such issue">
          <p>
            Your mail program may have cut the link short: copy all of it. Or see the{' '}
            <a href="/issues">past issues</a> of trending papers.
          </p>
        </Notice>
      </Missing>
    );
  }
  const { papers, matching, note } = issue;
  return (
    <div className="mx-auto max-w-[66rem] pt-6 pb-8">
      <p className="kicker">{nameOf(issue)}</p>
      <h1 className="text-title">
        <time dateTime={issue.editionOn}>{formatDayLong(issue.editionOn)}</time>
      </h1>
      <p className="standfirst">
        {countOf(papers.length, 'paper', 'papers')}
        {matching > papers.length && ` of ${matching} that matched`}.{' '}
        <a href={issue.isArchive ? '/subscribe?trending=on' : '/subscribe'}>Subscribe by e-mail</a>
      </p>
      {note !== null && <p>{note}</p>}
      <IssuePapers papers={papers} isBrief={false} />
      <p>
        <a href="/issues">Past issues</a>
      </p>
    </div>
  );
}

function nameOf({ subscription }: WebIssue): string {
  return subscription === null ? 'Trending papers' : describeTopics(subscription);
}
