import { expect, test } from 'vitest';
import { fillFrame, toFrame } from '../../../app/(site)/search/_components/frame.ts';

const PAGE =
  '<html><head><meta http-equiv="Content-Security-Policy" content="x"/><title>frame-words · Search</title>' +
  '<link rel="canonical" href="http://papers.test/search/frame-path"/>' +
  '<link href="http://papers.test/feeds/search.rss?frame-query" title="New papers: frame-words"/></head>' +
  '<body><div id="frame-content"></div></body></html>';
const FOUND = { words: 'graphs', path: '/search?q=graphs', query: 'q=graphs', content: '<main>found</main>' };

test('each thing stands in its place', () => {
  expect(fillFrame(toFrame(PAGE), FOUND)).toBe(
    '<html><head><meta http-equiv="Content-Security-Policy" content="x"/><title>graphs · Search</title>' +
      '<link rel="canonical" href="http://papers.test/search?q=graphs"/>' +
      '<link href="http://papers.test/feeds/search.rss?q=graphs" title="New papers: graphs"/></head>' +
      '<body><main>found</main></body></html>',
  );
});

test('what was asked for is no markup, and no place for anything else', () => {
  const words = `"><script>'é$&</script> frame-query frame-content`;
  const page = fillFrame(toFrame(PAGE), { ...FOUND, words, content: '<p>$& frame-words</p>' });
  expect(page).toContain(
    `<title>&quot;&gt;&lt;script&gt;&#39;&#233;$&amp;&lt;/script&gt; frame-query frame-content · Search</title>`,
  );
  expect(page).toContain('<body><p>$& frame-words</p></body>');
});

test('a page as Next makes it is made plain first', () => {
  const frame = toFrame('<head></head><body><div id="frame-content"></div><script>self.x=1</script></body>');
  expect(frame).toContain('Content-Security-Policy');
  expect(frame).not.toContain('self.x');
});

test('a page without the place is none', () => {
  expect(() => toFrame('<p>Not found</p>')).toThrow('no place');
});
