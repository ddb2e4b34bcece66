import { expect, test } from 'vitest';
import '#app/big-buffers.ts';

test('a large buffer costs nothing in JSON, and a small one is there in full', () => {
  expect(JSON.stringify({ page: Buffer.alloc(1_000_000) }).length).toBeLessThan(100);
  expect(JSON.parse(JSON.stringify(Buffer.from('abc')))).toEqual({ type: 'Buffer', data: [97, 98, 99] });
});
