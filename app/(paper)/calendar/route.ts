import { getNewestDay } from '#app/_data/papers.ts';

/** On to the calendar of the newest year that has papers, or to the page that says there are none. */
export async function GET(): Promise<Response> {
  const day = await getNewestDay();
  const location = day === null ? '/' : `/calendar/${day.slice(0, 4)}`;
  return new Response(null, { status: 307, headers: { Location: location } });
}
