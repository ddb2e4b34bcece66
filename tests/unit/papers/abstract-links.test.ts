import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { extractLinks, LINKS_MAX } from '#lib/papers/abstract-links.ts';
import { processorMs } from '../../support/processor-time.ts';

const urlsOf = (abstract: string, comment: string | null = null) =>
  extractLinks(abstract, comment).map(({ url }) => url);

/** The sentences are those of real abstracts. */
test.each([
  [
    'a sentence ends',
    'Our code is available at https://github.com/ada/engine.',
    'https://github.com/ada/engine',
  ],
  ['nothing ends', 'Code: https://github.com/ada/engine', 'https://github.com/ada/engine'],
  ['a comma follows', 'at https://github.com/ada/engine, supporting', 'https://github.com/ada/engine'],
  ['a slash ends it', 'at: https://github.com/ada/engine/ .', 'https://github.com/ada/engine'],
  ['.git ends it', 'at https://github.com/ada/engine.git.', 'https://github.com/ada/engine'],
  [
    'it is a folder',
    'same \\href{https://github.com/ada/engine/tree/main/x}{GitHub}',
    'https://github.com/ada/engine',
  ],
  [
    'it has a query',
    'at https://github.com/ada/engine?tab=readme-ov-file#x',
    'https://github.com/ada/engine',
  ],
  ['it has no scheme', 'models at github.com/ada/engine.', 'https://github.com/ada/engine'],
  ['it has www', 'at https://www.github.com/ada/engine', 'https://github.com/ada/engine'],
  ['it has http', 'at http://github.com/ada/engine', 'https://github.com/ada/engine'],
  ['it is in parentheses', 'released (https://github.com/ada/engine) with', 'https://github.com/ada/engine'],
  ['it is in brackets', 'pipeline: [https://github.com/ada/engine] Dataset', 'https://github.com/ada/engine'],
  ['it is in angle brackets', 'code <https://github.com/ada/engine>.', 'https://github.com/ada/engine'],
  ['it is in quotes', 'at "https://github.com/ada/engine".', 'https://github.com/ada/engine'],
  ['it is in \\url', 'Repository: \\url{https://github.com/ada/engine}', 'https://github.com/ada/engine'],
  [
    'it is in \\footnote',
    'pipeline\\footnote{https://github.com/ada/engine} that',
    'https://github.com/ada/engine',
  ],
  [
    'it is in a formula',
    'at $\\href{https://github.com/ada/engine}{https://github.com/ada/engine}$.',
    'https://github.com/ada/engine',
  ],
  ['TeX escapes it', 'at https://github.com/ada/my\\_engine\\_2.', 'https://github.com/ada/my_engine_2'],
  [
    'a word touches it',
    'Project page:https://github.com/ada/engine.The code',
    'https://github.com/ada/engine',
  ],
  [
    'a parenthesis touches it',
    'at https://github.com/ada/engine.(The complete code',
    'https://github.com/ada/engine',
  ],
  [
    'a line breaks before it',
    'available at\nhttps://github.com/ada/engine.',
    'https://github.com/ada/engine',
  ],
  [
    'a line breaks after the scheme',
    'Code: https://\ngithub.com/ada/engine.',
    'https://github.com/ada/engine',
  ],
  [
    'a line breaks before the name',
    'at https://github.com/ada/\nengine. More',
    'https://github.com/ada/engine',
  ],
  ['a space follows the host', 'at https: // github. com/\nada/ engine .', 'https://github.com/ada/engine'],
  [
    'a line breaks at a hyphen',
    'at https://github.com/ada/KVQE-\nChallenge2025.',
    'https://github.com/ada/KVQE-Challenge2025',
  ],
  ['a slash is missing', 'at https:/github.com/ada/engine', 'https://github.com/ada/engine'],
  ['dots are within it', 'at https://github.com/ada/engine.jl.', 'https://github.com/ada/engine.jl'],
])('a repository is found where %s', (_, abstract, url) => {
  expect(extractLinks(abstract, null)).toEqual([{ kind: 'repository', url, origin: 'abstract' }]);
});

test.each([
  ['https://gitlab.com/ada/group/engine.git', 'https://gitlab.com/ada/group/engine'],
  ['https://gitlab.inria.fr/ada/engine/', 'https://gitlab.inria.fr/ada/engine'],
  ['https://bitbucket.org/ada/engine', 'https://bitbucket.org/ada/engine'],
  ['https://codeberg.org/ada/engine', 'https://codeberg.org/ada/engine'],
  ['https://anonymous.4open.science/r/engine-C52B.', 'https://anonymous.4open.science/r/engine-C52B'],
  ['https://huggingface.co/ada/engine-7b', 'https://huggingface.co/ada/engine-7b'],
  ['huggingface.co/datasets/ada/engine/tree/main', 'https://huggingface.co/datasets/ada/engine'],
  ['https://hf.co/spaces/ada/engine', 'https://huggingface.co/spaces/ada/engine'],
  ['https://raw.githubusercontent.com/ada/engine/main/x.csv', 'https://github.com/ada/engine'],
])('%s is the repository %s', (written, url) => {
  expect(extractLinks(`Models: ${written}`, null)).toEqual([{ kind: 'repository', url, origin: 'abstract' }]);
});

test.each([
  ['https://ada.github.io/engine/.', 'https://ada.github.io/engine/'],
  ['ada-engine.github.io.', 'https://ada-engine.github.io/'],
  ['https://engine.org/a_(b)', 'https://engine.org/a_(b)'],
  ['(see https://engine.org/a_(b)).', 'https://engine.org/a_(b)'],
  ['www.engine.org/data', 'https://www.engine.org/data'],
  ['http://www.engine.org/$\\sim$ada/', 'http://www.engine.org/~ada/'],
  [
    'https://huggingface.co/collections/ada/engine-6835',
    'https://huggingface.co/collections/ada/engine-6835',
  ],
  ['https://huggingface.co/ada', 'https://huggingface.co/ada'],
  ['https://github.com/ada/', 'https://github.com/ada'],
  ['https://doc.engine.org:8080/demo?x=1&y=2#top', 'https://doc.engine.org:8080/demo?x=1&y=2#top'],
])('%s in an abstract is the page %s', (written, url) => {
  expect(extractLinks(`Project page: ${written}`, null)).toEqual([
    { kind: 'project', url, origin: 'abstract' },
  ]);
});

test.each([
  'https://doi.org/10.1000/182',
  'https://arxiv.org/abs/1706.03762',
  'https://openreview.net/pdf?id=k60XE',
  'http://www.imstat.org/aos/',
  'https://huggingface.co/papers/1706.03762',
  'https://github.com/',
  'https://github.com.',
  'https://github.com/topics/vision',
  'https://github.com/open_upon_acceptance',
  'https://github.com/ada/engine++',
  'https://github/com/ada/engine',
  'http://localhost:3000/demo',
  'http://127.0.0.1/demo',
  'http://10.0.0.7/demo',
  'https://ada:secret@engine.org/',
  'ada@github.com/engine',
  'javascript:alert(1)//https',
  'ftp://engine.org/data',
])('%s is no link of the paper', (written) => {
  expect(urlsOf(`Code is available at ${written}`)).toEqual([]);
});

test('what follows a repository’s owner is not always its name', () => {
  expect(urlsOf('at https://github.com/ada/ and https://engine.org/x')).toEqual([
    'https://github.com/ada',
    'https://engine.org/x',
  ]);
});

test('in a comment, an address of an unknown host needs a word that tells what it is', () => {
  expect(urlsOf('', '12 pages. Project page: https://engine.org/x')).toEqual(['https://engine.org/x']);
  expect(urlsOf('', 'Supplementary videos at https://engine.org/x')).toEqual(['https://engine.org/x']);
  expect(urlsOf('', 'Presented at https://engine.org/2025')).toEqual([]);
  expect(urlsOf('', 'Conference website: https://engine.org/2025')).toEqual([]);
  expect(
    urlsOf(
      '',
      'Published in at http://dx.doi.org/10.1214/07-AOS519 the Annals of\n  Statistics (http://www.imstat.org/aos/)',
    ),
  ).toEqual([]);
  expect(urlsOf('', '12 pages, https://github.com/ada/engine')).toEqual(['https://github.com/ada/engine']);
});

test('addresses stand in order of appearance, abstract first, each once whatever its case', () => {
  const abstract = 'Code: https://github.com/Ada/Engine. Page: https://ada.github.io/engine/';
  const comment =
    'Project page: http://ada.github.io/engine, code: https://github.com/ada/engine and https://github.com/ada/other';
  expect(urlsOf(abstract, comment)).toEqual([
    'https://github.com/Ada/Engine',
    'https://ada.github.io/engine/',
    'https://github.com/ada/other',
  ]);
});

test('addresses that touch each other are told apart, an archived one is not cut', () => {
  expect(urlsOf('at https://engine.org/a,https://engine.org/b;https://github.com/ada/engine.')).toEqual([
    'https://engine.org/a',
    'https://engine.org/b',
    'https://github.com/ada/engine',
  ]);
  expect(urlsOf('https://web.archive.org/web/2020/https://engine.org/')).toEqual([
    'https://web.archive.org/web/2020/https://engine.org/',
  ]);
});

test('no paper has more links than a page can show', () => {
  const many = Array.from({ length: 100 }, (_, index) => `https://github.com/ada/engine${index}`).join(' ');
  expect(urlsOf(many)).toHaveLength(LINKS_MAX);
});

test.each([
  ['schemes', 'https://'.repeat(50_000)],
  ['parentheses', `https://engine.org/${'('.repeat(100_000)}`],
  ['dots', `https://engine.org/${'.'.repeat(100_000)}x`],
  ['hyphens', `https://engine.org/${'-a '.repeat(50_000)}`],
  ['hosts without scheme', 'github.com/'.repeat(50_000)],
  ['spaces', `https${' '.repeat(100_000)}://`],
  ['owners', 'github.com/a/ '.repeat(50_000)],
])('a hostile text of %s takes no time', (_, text) => {
  expect(processorMs(() => extractLinks(text, text))).toBeLessThan(3_000);
});

const ARCHIVE = join(
  process.env.PAPERBOY_DATA ?? '../shared/data',
  'arxiv/arxiv-daily-2025-03_2026-07.jsonl.gz',
);

test.skipIf(!existsSync(ARCHIVE))(
  `in 74,728 papers nearly every repository named is found, and every link is whole (skipped where ${ARCHIVE} is absent)`,
  { timeout: 120_000 },
  () => {
    let named = 0;
    let found = 0;
    for (const line of gunzipSync(readFileSync(ARCHIVE)).toString('utf8').trimEnd().split('\n')) {
      const { abstract, comment } = JSON.parse(line) as { abstract: string | null; comment: string | null };
      const links = extractLinks(abstract ?? '', comment);
      for (const { url } of links)
        expect(url).toMatch(/^https?:\/\/[a-z\d.-]+\.[a-z]+(?::\d+)?(?:\/[\x21-\x7e]*)?$/);
      if (!/github\.com\/[\w-]+\/\w/.test(`${abstract} ${comment}`)) continue;
      named += 1;
      if (links.some(({ url }) => /^https:\/\/github\.com\/[\w-]+\/[\w.-]*\w[\w-]*$/.test(url))) found += 1;
    }
    expect(named).toBeGreaterThan(11_000);
    expect(found / named).toBeGreaterThan(0.999);
  },
);
