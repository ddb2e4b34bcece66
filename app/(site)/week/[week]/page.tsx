import type { Metadata } from 'next';
import { describeList, renderList } from '#app/list-page.tsx';
import { parsePaperListPath } from '#lib/papers/paper-list.ts';

/** As of the day's page. */
export const revalidate = 60;
export const generateStaticParams = () => [];

type Props = { params: Promise<{ week: string }> };

const listOf = async ({ params }: Props) => parsePaperListPath(['week', (await params).week]);

export async function generateMetadata(props: Props): Promise<Metadata> {
  return describeList(await listOf(props));
}

export default async function WeekPage(props: Props) {
  return renderList(await listOf(props));
}
