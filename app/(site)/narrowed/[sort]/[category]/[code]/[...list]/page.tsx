import type { Metadata } from 'next';
import { describeListView, renderListView } from '#app/list-page.tsx';
import { type ListView, parseListView } from '#lib/papers/list-view.ts';
import { parsePaperListPath } from '#lib/papers/paper-list.ts';

/** As of the day's page. proxy.ts leads here what asks for a list in another order or narrowed. */
export const revalidate = 60;
export const generateStaticParams = () => [];

/** `list` is the list's path, a tilde, and the paper after which the page begins. */
type Props = { params: Promise<{ sort: string; category: string; code: string; list: string[] }> };

async function viewOf({ params }: Props): Promise<ListView | null> {
  const { list: path, ...choices } = await params;
  const end = path.findIndex((segment) => decodeURIComponent(segment) === '~');
  const list = end === -1 ? null : parsePaperListPath(path.slice(0, end));
  const query: Record<string, string> = { ...choices, after: path.slice(end + 1).join('/') };
  return list && parseListView(list, (name) => decodeURIComponent(query[name] ?? ''));
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return describeListView(await viewOf(props));
}

export default async function NarrowedListPage(props: Props) {
  return renderListView(await viewOf(props));
}
