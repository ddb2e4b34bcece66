import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from './support.ts';

/** What a fresh clone holds, as far as a set-up reads it. */
const CLONED = ['bin', 'package.json', 'package-lock.json', 'prisma/schema.prisma'];
const REGISTRY = 'http://registry.invalid.example:2/secret-token/';

function aClone(): string {
  const clone = mkdtempSync(join(tmpdir(), 'paperboy-clone-'));
  onTestFinished(() => rmSync(clone, { recursive: true, force: true }));
  for (const path of CLONED) cpSync(join(ROOT, path), join(clone, path), { recursive: true });
  return clone;
}

type Lock = { packages: Record<string, { version: string; dev?: boolean; optional?: boolean }> };

test('a tree without dev packages runs without them and without a registry; only tests install them', () => {
  const clone = aClone();
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
  const production = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  mkdirSync(join(clone, 'node_modules/prisma/build'), { recursive: true });
  writeFileSync(join(clone, 'node_modules/prisma/build/index.js'), '');
  writeFileSync(
    join(clone, 'node_modules/.package-lock.json'),
    JSON.stringify({ packages: Object.fromEntries(production) }),
  );
  const setUp = (options: object) =>
    spawnSync(
      process.execPath,
      ['-e', `import('./bin/set-up.mjs').then(({ setUp }) => setUp(${JSON.stringify(options)}))`],
      {
        cwd: clone,
        encoding: 'utf8',
        timeout: 100_000,
        env: { ...process.env, npm_config_registry: REGISTRY, npm_config_cache: join(clone, 'cache') },
      },
    );
  const run = setUp({});
  expect(run.stderr).not.toContain('Installing packages');
  expect(run.status).toBe(0);
  expect(setUp({ needsDev: true }).stderr).toContain('Installing packages');
}, 120_000);

test('a fresh clone that cannot reach a registry says so, soon, and without naming the registry', () => {
  const clone = aClone();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/start.mjs'], {
    cwd: clone,
    encoding: 'utf8',
    timeout: 100_000,
    env: {
      ...process.env,
      npm_config_registry: REGISTRY,
      // Packages that this machine has seen before would do without a network.
      npm_config_cache: join(clone, 'cache'),
    },
  });
  expect(status).toBe(1);
  expect(stderr).toContain('Installing packages');
  expect(stderr).toContain('The packages could not be installed');
  expect(stdout + stderr).not.toMatch(/secret-token|registry\.invalid/);
  expect(existsSync(join(clone, 'node_modules/.paperboy-lock'))).toBe(false);
}, 120_000);
