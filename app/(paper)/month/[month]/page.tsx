import type { Metadata } from 'next';
import { describeList, ListPage } from '#app/_components/list-page.tsx';
import type { SearchParams } from '#app/search-params.ts';
import { parsePaperListPath } from '#lib/papers/paper-list.ts';

type Props = { params: Promise<{ month: string }>; searchParams: SearchParams };

async function listOf(params: Props['params']) {
  const { month } = await params;
  return parsePaperListPath(['month', month]);
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  return describeList(await listOf(params), searchParams);
}

export default async function MonthPage({ params, searchParams }: Props) {
  return <ListPage list={await listOf(params)} searchParams={searchParams} />;
}
