import { expect, test } from 'vitest';
import { createQuota, quotaHeaders } from '#app/api/_http/quota.ts';

const policy = { name: 'search', requests: 2, windowSeconds: 60 };
const at = (seconds: number) => new Date(seconds * 1000);

test('a client has so many requests in a window, and all of them again after it', () => {
  const quota = createQuota(policy);
  expect(quota.take('a', at(0))).toEqual({ isAllowed: true, remaining: 1, resetSeconds: 60 });
  expect(quota.take('a', at(59.5))).toEqual({ isAllowed: true, remaining: 0, resetSeconds: 1 });
  expect(quota.take('a', at(59.9))).toEqual({ isAllowed: false, remaining: 0, resetSeconds: 1 });
  expect(quota.take('a', at(60))).toEqual({ isAllowed: true, remaining: 1, resetSeconds: 60 });
});

test('what one client takes is no other one’s loss', () => {
  const quota = createQuota(policy);
  for (let n = 0; n < 5; n += 1) quota.take('a', at(n));
  expect(quota.take('b', at(5)).remaining).toBe(1);
});

test('of too many clients those are forgotten whose windows began first', () => {
  const quota = createQuota(policy, 100);
  quota.take('first', at(0));
  quota.take('first', at(0));
  for (let n = 0; n < 1000; n += 1) quota.take(`client ${n}`, at(1));
  expect(quota.take('client 999', at(2)).remaining).toBe(0);
  expect(quota.take('first', at(2)).remaining).toBe(1);
});

test('a clock set back begins a new window', () => {
  const quota = createQuota(policy);
  quota.take('a', at(1000));
  expect(quota.take('a', at(0))).toEqual({ isAllowed: true, remaining: 1, resetSeconds: 60 });
});

test('the fields tell policy and state; when to try again only who has to wait', () => {
  const quota = createQuota(policy);
  const told = [0, 1, 2].map((seconds) => quotaHeaders(quota, quota.take('a', at(seconds))));
  expect(told[0]).toEqual({ 'RateLimit-Policy': '"search";q=2;w=60', RateLimit: '"search";r=1;t=60' });
  expect(told[2]).toMatchObject({ RateLimit: '"search";r=0;t=58', 'Retry-After': '58' });
});
