import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GENERATED_DOCS } from '#lib/cli/commands/docs.ts';

const ROOT = join(import.meta.dirname, '../..');

test.each(Object.entries(GENERATED_DOCS))('%s is what `paperboy docs` writes', (path, toText) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(toText());
});
