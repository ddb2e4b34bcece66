import type { Config } from '#lib/config/config.ts';
import { describeError } from '#lib/log.ts';
import { findInstance } from './instance/instance.ts';

export type NotifyOutcome =
  | { readonly kind: 'notified' }
  /** No instance runs on this data folder, and none elsewhere is configured. */
  | { readonly kind: 'nobody-to-notify' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Pages are regenerated within a minute anyway; waiting longer for this is not worth it. */
const NOTIFY_MS_MAX = 2_000;

/** Tells the web server that papers changed, so that its pages show it at once. Never throws. */
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

/** The instance on this data folder; else the one BASE_URL names, which knows us by CRON_SECRET. */
function findTarget(config: Config): { url: string; secret: string } | null {
  const instance = findInstance(config.dataDirectory);
  if (instance?.url) return { url: instance.url, secret: instance.secret };
  return config.cronSecret === null ? null : { url: config.baseUrl, secret: config.cronSecret };
}
