import 'server-only';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Health } from '#lib/health/check-health.ts';
import { checkHealth } from '#lib/health/check-health.ts';
import { runtime } from '#lib/runtime.ts';

export async function getHealth(): Promise<Health> {
  return checkHealth(runtime, await listMigrations());
}

/** The server runs in the project folder, as `next start` demands. */
async function listMigrations(): Promise<string[]> {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations');
  const found = await readdir(folder, { withFileTypes: true });
  return found.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
