import { getNewestDay } from '#app/_data/papers.ts';
import { monthOf } from '#lib/papers/period.ts';

/** On to the newest month that has papers, or to the page that says there are none. */
export async function GET(): Promise<Response> {
  const day = await getNewestDay();
  const location = day === null ? '/' : `/month/${monthOf(day)}`;
  return new Response(null, { status: 307, headers: { Location: location } });
}
