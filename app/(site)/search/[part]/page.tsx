import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';
import { Missing } from '#app/missing.tsx';
import { searchPath } from '#lib/search/search-address.ts';
import { EmptySearchPage } from '../_components/empty-search-page.tsx';
import { FRAME } from '../_components/frame.ts';

/**
 * `empty` is the search before anything was asked, and `frame` what stands around everything found, without it: made once,
 * and filled for each search (asked/[asked]/route.tsx). A parameter, so that the build leaves both to the server, which alone
 * knows where readers reach it.
 */
export const revalidate = 60;
export const generateStaticParams = () => [];

type Props = { params: Promise<{ part: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const isFrame = (await params).part === 'frame';
  return {
    ...describePage({
      baseUrl: getBaseUrl(),
      path: isFrame ? FRAME.path : searchPath({}),
      title: isFrame ? `${FRAME.words} · Search` : 'Search',
      description: 'Search the titles and abstracts of research papers.',
      type: 'website',
      ...(isFrame && {
        feed: { path: '/feeds/search', query: FRAME.query, title: `New papers: ${FRAME.words}` },
      }),
    }),
    // Searches are endless in number, and each costs one: the papers themselves are in the site's map.
    ...(isFrame && { robots: { index: false, follow: true } }),
  };
}

export default async function Part({ params }: Props) {
  const { part } = await params;
  if (part === 'empty') return <EmptySearchPage />;
  return part === 'frame' ? <div id={FRAME.content} /> : <Missing />;
}
