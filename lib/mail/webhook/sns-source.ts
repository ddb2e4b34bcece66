/** What SNS has to be asked for: the certificate that signs, and the confirmation that we want a topic's messages. */
import { isSnsUrl } from './sns-message.ts';

const TIMEOUT_MS = 10_000;
const CERTIFICATE_BYTES_MAX = 20_000;
/** One for each region, for as long as it is in use. */
const CERTIFICATES_MAX = 50;

export type SnsSource = {
  /** PEM. Null where `url` is not Amazon's or answers otherwise. */
  fetchCertificate(url: string): Promise<string | null>;
  /** False where `url` is not Amazon's or did not agree. */
  confirm(url: string): Promise<boolean>;
};

export function createSnsSource(fetch: typeof globalThis.fetch = globalThis.fetch): SnsSource {
  const certificates = new Map<string, string>();
  const get = (url: string) => fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  return {
    async fetchCertificate(url) {
      if (!isSnsUrl(url) || !url.endsWith('.pem')) return null;
      const kept = certificates.get(url);
      if (kept !== undefined) return kept;
      const response = await get(url);
      const text = response.ok ? await response.text() : '';
      if (!text.startsWith('-----BEGIN CERTIFICATE-----') || text.length > CERTIFICATE_BYTES_MAX) return null;
      if (certificates.size >= CERTIFICATES_MAX) certificates.clear();
      certificates.set(url, text);
      return text;
    },
    confirm: async (url) => isSnsUrl(url) && (await get(url)).ok,
  };
}
