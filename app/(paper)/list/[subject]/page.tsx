import type { Metadata } from 'next';
import { describeList, ListPage } from '#app/_components/list-page.tsx';
import type { SearchParams } from '#app/search-params.ts';
import { parsePaperListPath } from '#lib/papers/paper-list.ts';

type Props = { params: Promise<{ subject: string }>; searchParams: SearchParams };

async function listOf(params: Props['params']) {
  const { subject } = await params;
  return parsePaperListPath(['list', subject]);
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  return describeList(await listOf(params), searchParams);
}

export default async function SubjectPage({ params, searchParams }: Props) {
  return <ListPage list={await listOf(params)} searchParams={searchParams} />;
}
