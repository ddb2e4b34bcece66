import { expect, test } from 'vitest';
import { ipOf, isOurs, readForm } from '#app/api/_http/form-request.ts';

const BASE = 'https://papers.example.org';
const post = (headers: Record<string, string>) =>
  new Request(`${BASE}/api/subscribe`, { method: 'POST', headers });

test.each([
  [{}, true],
  [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
  [{ 'sec-fetch-site': 'none' }, true],
  [{ 'sec-fetch-site': 'cross-site', origin: BASE }, false],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ origin: BASE }, true],
  [{ origin: 'http://localhost:3000', host: 'localhost:3000' }, true],
  [{ origin: 'https://evil.example', host: 'papers.example.org' }, false],
  [{ origin: 'null' }, false],
])('a POST with %j is ours: %j', (headers, expected) => {
  expect(isOurs(post(headers as Record<string, string>), BASE)).toBe(expected);
});

test('who asks is the nearest hop’s word', () => {
  expect(ipOf(post({ 'x-forwarded-for': '203.0.113.9, 198.51.100.7' }))).toBe('198.51.100.7');
  expect(ipOf(post({}))).toBe('unknown');
});

test('both kinds of form are read, and what is none is not', async () => {
  const urlencoded = new Request(BASE, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
  expect((await readForm(urlencoded))?.get('a')).toBe('1');
  const multipart = new FormData();
  multipart.append('List-Unsubscribe', 'One-Click');
  const sent = new Request(BASE, { method: 'POST', body: multipart });
  expect((await readForm(sent))?.get('List-Unsubscribe')).toBe('One-Click');
  expect(await readForm(new Request(BASE, { method: 'POST', body: '{}' }))).toBeNull();
});
