import 'server-only';
import { toLocalUrl } from '#lib/config/parse.ts';
import { runtime } from '#lib/runtime.ts';

/** Where readers reach this site, without a slash at the end. */
export function getBaseUrl(): string {
  return runtime.config.baseUrl;
}

/**
 * Where this process reaches itself, whatever stands between it and its readers; null where it is not told on which port it
 * listens.
 */
export function getLocalUrl(): string | null {
  const { host, port } = runtime.config;
  return port === null ? null : toLocalUrl(host, port);
}
