import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Config, parseConfig } from '#lib/config/parse.ts';
import { readMailIdentity } from '#lib/mail/identity-store.ts';
import { seededRandom } from '#lib/random.ts';
import { freshDatabase } from '../../support/database.ts';

/** A replica with a data folder of its own. */
function aReplica(variables: Record<string, string> = {}): Config {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-identity-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = parseConfig({ PAPERBOY_DIR: folder, ...variables }, folder);
  if (Array.isArray(config)) throw new Error('The settings of this test are wrong.');
  return config;
}

test('replicas with folders of their own have one secret, also those that start at the same time', async () => {
  const deps = await freshDatabase({ now: '2026-12-01T07:00:00Z' });
  const made = await Promise.all(
    Array.from({ length: 10 }, (_, seed) =>
      readMailIdentity({ ...deps, random: seededRandom(seed) }, aReplica()),
    ),
  );
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(1);
});

test('the secret that an earlier version kept in the folder stays valid, on every replica', async () => {
  const deps = { ...(await freshDatabase({ now: '2026-12-01T07:00:00Z' })), random: seededRandom(1) };
  const config = aReplica();
  writeFileSync(join(config.dataDirectory, 'mail-secret'), 'an-earlier-secret-of-mails');
  expect((await readMailIdentity(deps, config)).secret).toBe('an-earlier-secret-of-mails');
  expect((await readMailIdentity(deps, aReplica())).secret).toBe('an-earlier-secret-of-mails');
});

test('a configured secret wins', async () => {
  const deps = { ...(await freshDatabase({ now: '2026-12-01T07:00:00Z' })), random: seededRandom(1) };
  const config = aReplica({ MAIL_SECRET: 'configured-0123456789' });
  expect((await readMailIdentity(deps, config)).secret).toBe('configured-0123456789');
});
