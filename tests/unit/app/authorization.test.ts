import { expect, test } from 'vitest';
import { isAuthorized } from '#app/api/_http/authorization.ts';

const SECRETS = ['instance-secret', 'cron-secret-of-16'];
const bearing = (authorization?: string) =>
  new Request('http://localhost/', authorization === undefined ? {} : { headers: { authorization } });

test.each(['Bearer instance-secret', 'Bearer cron-secret-of-16', 'bearer instance-secret'])(
  '%s may enter',
  (header) => {
    expect(isAuthorized(bearing(header), SECRETS)).toBe(true);
  },
);

test.each([
  undefined,
  'Bearer',
  'Bearer ',
  'Bearer instance-secre',
  'Bearer instance-secret x',
  'Basic instance-secret',
  'instance-secret',
])('%s may not', (header) => {
  expect(isAuthorized(bearing(header), SECRETS)).toBe(false);
});

test('where there is no secret, nobody may enter', () => {
  expect(isAuthorized(bearing('Bearer null'), [null, null])).toBe(false);
});
