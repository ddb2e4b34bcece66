import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { hashSources, isBuilt, markBuilt } from '#lib/cli/instance/build-site.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'paperboy-site-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  write('app/page.tsx', 'one');
  write('package-lock.json', '{}');
  write('.next/BUILD_ID', 'first');
  markBuilt(root, hashSources(root));
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test('a build of the sources as they are is current', () => {
  expect(isBuilt(root)).toBe(true);
});

test.each([
  ['app/page.tsx', 'two'],
  ['app/new/page.tsx', 'one'],
  ['components/ui/button.tsx', 'one'],
  ['package-lock.json', '{"changed": true}'],
  ['prisma/schema.prisma', 'model Paper {}'],
])('a change of %s makes it stale', (path, text) => {
  write(path, text);
  expect(isBuilt(root)).toBe(false);
});

test.each(['lib/cli/main.ts', 'lib/db/generated/client.ts', 'tests/unit/page.test.ts', 'README.md'])(
  'a change of %s, which no page is made from, does not',
  (path) => {
    write(path, 'changed');
    expect(isBuilt(root)).toBe(true);
  },
);

test('a build that was cut short, or made by other hands, is not ours', () => {
  write('.next/BUILD_ID', 'second');
  expect(isBuilt(root)).toBe(false);
  markBuilt(root, hashSources(root));
  expect(isBuilt(root)).toBe(true);
  markBuilt(root, null);
  expect(isBuilt(root)).toBe(false);
});
