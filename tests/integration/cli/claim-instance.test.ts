import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { choosePort } from '#lib/cli/instance/choose-port.ts';
import { claimInstance, findInstance } from '#lib/cli/instance/claim-instance.ts';
import { seededRandom } from '#lib/random.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'paperboy-claim-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('of two starts at once on one folder, one gets it', async () => {
  const path = folder();
  const outcomes = await Promise.all(
    [1, 2].map((seed) => claimInstance({ random: seededRandom(seed) }, path)),
  );
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['claimed', 'running']);
});

test('an instance can be found while it runs, by its owner alone', async () => {
  const path = folder();
  const outcome = await claimInstance({ random: seededRandom(1) }, path);
  if (outcome.kind !== 'claimed') throw new Error('The folder was taken.');
  outcome.claim.publish('http://localhost:3000');
  expect(findInstance(path)).toMatchObject({ pid: process.pid, url: 'http://localhost:3000' });
  expect(statSync(join(path, 'instance.json')).mode & 0o777).toBe(0o600);
  outcome.claim.release();
  expect(findInstance(path)).toBeNull();
});

test.each([
  ['a process that no longer runs', (own: object) => ({ ...own, pid: 2_147_483_646 })],
  ['another process that got the same number', (own: object) => ({ ...own, identity: 'earlier' })],
])('what a crash left behind, naming %s, is no instance', async (_, change) => {
  const path = folder();
  await claimInstance({ random: seededRandom(1) }, path);
  const file = join(path, 'instance.json');
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')))));
  expect(findInstance(path)).toBeNull();
  expect(await claimInstance({ random: seededRandom(2) }, path)).toMatchObject({ kind: 'claimed' });
});

test('half a file is no instance', async () => {
  const path = folder();
  writeFileSync(join(path, 'instance.json'), '{"pid": 1');
  expect(findInstance(path)).toBeNull();
});

test('a taken port is answered with the next free one', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const chosen = await choosePort('127.0.0.1', taken);
  expect(chosen).toBeGreaterThan(taken);
});
