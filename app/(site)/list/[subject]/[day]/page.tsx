import type { Metadata } from 'next';
import { describeList, renderList } from '#app/list-page.tsx';
import { parsePaperListPath } from '#lib/papers/paper-list.ts';

/** As of the day's page. */
export const revalidate = 60;
export const generateStaticParams = () => [];

type Props = { params: Promise<{ subject: string; day: string }> };

async function listOf({ params }: Props) {
  const { subject, day } = await params;
  return parsePaperListPath(['list', subject, day]);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return describeList(await listOf(props));
}

export default async function SubjectDayPage(props: Props) {
  return renderList(await listOf(props));
}
