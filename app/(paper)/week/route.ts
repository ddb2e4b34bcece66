import { getNewestDay } from '#app/_data/papers.ts';
import { weekOf } from '#lib/papers/period.ts';

/** On to the newest week that has papers, or to the page that says there are none. */
export async function GET(): Promise<Response> {
  const day = await getNewestDay();
  const location = day === null ? '/' : `/week/${weekOf(day)}`;
  return new Response(null, { status: 307, headers: { Location: location } });
}
