import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkHealth } from '#lib/health/check-health.ts';
import { runtime } from '#lib/runtime.ts';

/** Otherwise a build would ask once, and its response would be served for ever. */
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const health = await checkHealth(runtime, await listMigrations());
  return Response.json(health, {
    status: health.status === 'ready' ? 200 : 503,
    headers: { 'Cache-Control': 'no-store' },
  });
}

/** The server runs in the project folder, as `next start` demands. */
async function listMigrations(): Promise<string[]> {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations');
  const found = await readdir(folder, { withFileTypes: true });
  return found.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
