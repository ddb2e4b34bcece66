import { join } from 'node:path';
import { childEnvironment } from '#lib/config/config.ts';
import { say } from '../print.ts';
import { startChild } from './child-process.ts';
import { hashSources, markBuilt } from './site-build.ts';

export type BuildOutcome =
  | { readonly kind: 'built' }
  | { readonly kind: 'stopped' }
  /** `reason` holds what the build said. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Builds the site into .next. A build that was stopped or killed is known to be none. */
export async function buildSite(root: string, signal: AbortSignal): Promise<BuildOutcome> {
  say('Building the site (after a change, about half a minute) …');
  const hash = hashSources(root);
  markBuilt(root, null);
  const child = startChild(join(root, 'node_modules/next/dist/bin/next'), {
    args: ['build'],
    cwd: root,
    env: childEnvironment({ NODE_ENV: 'production' }),
    show: 'collected',
  });
  const stop = () => void child.stop();
  signal.addEventListener('abort', stop, { once: true });
  const end = await child.ended;
  signal.removeEventListener('abort', stop);
  if (signal.aborted) return { kind: 'stopped' };
  if (!end.hasSucceeded) {
    return { kind: 'failed', reason: `The site could not be built (${end.reason}):\n\n${end.output}` };
  }
  markBuilt(root, hash);
  return { kind: 'built' };
}
