import type { Config } from '#lib/config/parse.ts';
import { describeError } from '#lib/log.ts';
import { say } from './command.ts';
import { findInstance } from './instance/claim-instance.ts';

export type NotifyOutcome =
  | { readonly kind: 'notified' }
  /** No instance runs on this data folder, and none on another machine is configured. */
  | { readonly kind: 'nobody-to-notify' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Cached pages expire within a minute anyway. */
const NOTIFY_MS_MAX = 2_000;

/** Notifies the web server, and tells the person at the terminal if that fails. */
export async function notifyWeb(config: Config): Promise<void> {
  const outcome = await notifyPapersChanged(config);
  if (outcome.kind === 'failed') say(`The web server could not be notified: ${outcome.reason}.`);
}

/** Makes the web server drop its cached pages. Never throws. */
export async function notifyPapersChanged(config: Config): Promise<NotifyOutcome> {
  const target = findTarget(config);
  if (target === null) return { kind: 'nobody-to-notify' };
  try {
    const response = await fetch(`${target.url}/api/papers-changed`, {
      method: 'POST',
      headers: { authorization: `Bearer ${target.secret}` },
      signal: AbortSignal.timeout(NOTIFY_MS_MAX),
    });
    await response.body?.cancel();
    return response.ok ? { kind: 'notified' } : { kind: 'failed', reason: `status ${response.status}` };
  } catch (error) {
    return { kind: 'failed', reason: describeError(error) };
  }
}

/** The instance on this data folder, else the one at BASE_URL, which accepts CRON_SECRET. */
function findTarget(config: Config): { url: string; secret: string } | null {
  const instance = findInstance(config.dataDirectory);
  if (instance?.url) return { url: instance.url, secret: instance.secret };
  return config.cronSecret === null ? null : { url: config.baseUrl, secret: config.cronSecret };
}
