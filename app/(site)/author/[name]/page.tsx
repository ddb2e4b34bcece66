import type { Metadata } from 'next';
import { describeList, renderList } from '#app/list-page.tsx';
import { parsePaperListPath } from '#lib/papers/paper-list.ts';

/** As of the day's page. */
export const revalidate = 60;
export const generateStaticParams = () => [];

type Props = { params: Promise<{ name: string }> };

const listOf = async ({ params }: Props) => parsePaperListPath(['author', (await params).name]);

export async function generateMetadata(props: Props): Promise<Metadata> {
  return describeList(await listOf(props));
}

export default async function AuthorPage(props: Props) {
  return renderList(await listOf(props));
}
