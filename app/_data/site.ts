import 'server-only';
import { runtime } from '#lib/runtime.ts';

/** Where readers reach this site, without a slash at the end. */
export function getBaseUrl(): string {
  return runtime.config.baseUrl;
}
