import { getHealth } from '#app/_data/health.ts';

/** Never kept: a build would otherwise ask once and answer so for ever. */
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const health = await getHealth();
  return Response.json(health, {
    status: health.status === 'ready' ? 200 : 503,
    headers: { 'Cache-Control': 'no-store' },
  });
}
