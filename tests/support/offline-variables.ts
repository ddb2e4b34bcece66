/** Variables for a process under test: nobody's own settings, and no way to anybody's server. */
import { SETTING_ROWS } from '../../lib/config/settings.ts';

/** Nobody listens there, and fetch does not forbid the port as it does some others. */
const NOWHERE = 'http://127.0.0.1:2';
const OWN_ADDRESSES: readonly string[] = ['BASE_URL', 'DATABASE_URL', 'SMTP_URL'];

/** Every setting: sources lead nowhere, the rest is empty, which means unset and keeps a developer's .env out. */
export function offlineVariables(): Record<string, string> {
  return Object.fromEntries(
    SETTING_ROWS.map(({ name }) => {
      const isSource = name.endsWith('_URL') && !OWN_ADDRESSES.includes(name);
      return [name, isSource ? NOWHERE : ''];
    }),
  );
}
