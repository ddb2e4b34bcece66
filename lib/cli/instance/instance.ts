/**
 * What a running `paperboy serve` leaves in its data folder, so that other commands find it and a second one does not
 * start: `instance.json`, readable by its owner alone, since the secret lets its holder refresh the pages.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { processIdentity } from '../../db/process-identity.ts';

const Instance = z.object({
  pid: z.number().int().positive(),
  /** Of that process; see processIdentity. */
  identity: z.string(),
  /** Null until it serves. */
  url: z.string().nullable(),
  secret: z.string(),
});
export type Instance = Readonly<z.infer<typeof Instance>>;

export function instanceFile(dataDirectory: string): string {
  return join(dataDirectory, 'instance.json');
}

/** The instance that runs on this folder; null when none does, whatever a killed one left behind. */
export function findInstance(dataDirectory: string): Instance | null {
  const instance = readInstance(dataDirectory);
  return instance !== null && processIdentity(instance.pid) === instance.identity ? instance : null;
}

function readInstance(dataDirectory: string): Instance | null {
  try {
    return Instance.parse(JSON.parse(readFileSync(instanceFile(dataDirectory), 'utf8')));
  } catch {
    // Not there, or cut short by a crash: no instance runs on it either way.
    return null;
  }
}
