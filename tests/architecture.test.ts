/** The picture of the parts (docs/architecture.md), executable: who may import whom, and which words belong where. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** Module → modules it may import. Lower rows of the picture, or a named sibling. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  ground: ['ground'],
  'lib/db': ['ground'],
  'lib/text': ['ground'],
  'lib/tex': ['ground'],
  'lib/http': ['ground', 'lib/db', 'lib/text'],
  'lib/papers': ['ground', 'lib/db', 'lib/text', 'lib/tex'],
  'lib/search/index': ['ground', 'lib/db', 'lib/text', 'lib/papers'],
  'lib/query': ['ground', 'lib/text', 'lib/tex', 'lib/papers'],
  'lib/citations': ['ground', 'lib/text', 'lib/tex', 'lib/papers'],
  'lib/feeds': ['ground', 'lib/text', 'lib/tex', 'lib/papers'],
  'lib/ingest': ['ground', 'lib/db', 'lib/text', 'lib/tex', 'lib/http', 'lib/papers', 'lib/search/index'],
  'lib/import': ['ground', 'lib/db', 'lib/text', 'lib/papers', 'lib/ingest'],
  'lib/signals': ['ground', 'lib/db', 'lib/text', 'lib/http', 'lib/papers', 'lib/ingest'],
  'lib/ranking': ['ground', 'lib/db', 'lib/papers', 'lib/query'],
  'lib/search': [
    'ground',
    'lib/db',
    'lib/text',
    'lib/papers',
    'lib/search/index',
    'lib/query',
    'lib/ingest',
    'lib/ranking',
  ],
  'lib/mail': ['ground', 'lib/db', 'lib/text', 'lib/papers'],
  'lib/subscriptions': ['ground', 'lib/db', 'lib/text', 'lib/papers', 'lib/query', 'lib/mail', 'emails'],
  'lib/digest': [
    'ground',
    'lib/db',
    'lib/text',
    'lib/tex',
    'lib/papers',
    'lib/query',
    'lib/ranking',
    'lib/search',
    'lib/mail',
    'lib/subscriptions',
    'emails',
  ],
  'lib/jobs': [
    'ground',
    'lib/db',
    'lib/papers',
    'lib/http',
    'lib/ingest',
    'lib/signals',
    'lib/ranking',
    'lib/search/index',
    'lib/search',
    'lib/mail',
    'lib/subscriptions',
    'lib/digest',
  ],
  'lib/health': ['ground', 'lib/db', 'lib/papers'],
  'lib/runtime': ['ground', 'lib/db', 'lib/papers', 'lib/http', 'lib/mail', 'lib/jobs'],
  'lib/cli': ['*'],
  'app/early-script': [],
  app: ['*'],
  // The early script's text, of which the policy of reading pages has the hash.
  server: ['ground', 'app/early-script'],
  components: [
    'ground',
    'lib/text',
    'lib/tex',
    'lib/papers',
    'lib/feeds',
    'lib/query',
    'lib/ranking',
    'lib/search',
    'lib/ingest',
  ],
  emails: ['lib/escape.ts'],
};

/** Import specifier → files that may use it. */
const RESERVED: readonly { specifier: RegExp; allowed: RegExp; why: string }[] = [
  {
    specifier: /^(next|react|react-dom)(\/|$)/,
    allowed: /^(app|components)\/|^server\/main\.ts$/,
    why: 'lib never imports Next or React',
  },
  {
    specifier: /generated\/|^@prisma\//,
    allowed: /^lib\/db\/|store\.ts$/,
    why: 'Prisma is touched only in lib/db and stores',
  },
  {
    specifier: /^nodemailer/,
    allowed: /^lib\/(runtime|mail\/sending\/[a-z-]+)\.ts$/,
    why: 'mail is written and sent in one room',
  },
  {
    specifier: /lib\/runtime\.ts$/,
    allowed: /^app\/_data\/|(actions|route)\.ts$|^lib\/cli\/|instrumentation\.ts$/,
    why: 'the runtime is for request-facing files and the command line',
  },
  {
    specifier: /^server-only$/,
    allowed: /^app\/_data\//,
    why: 'it throws outside the react-server condition',
  },
];

/** Words → files of lib and emails that may hold them. */
const WORDS: readonly { word: RegExp; allowed: RegExp; why: string }[] = [
  { word: /process\.env\b/, allowed: /^lib\/config\//, why: 'the environment is read once' },
  { word: /new Date\(\)|Date\.now\(\)/, allowed: /^lib\/clock\.ts$/, why: 'time is an argument' },
  {
    word: /Math\.random|randomBytes|randomUUID|randomInt/,
    allowed: /^lib\/random\.ts$/,
    why: 'chance is an argument',
  },
];

type Import = { specifier: string; target: string | null; isTypeOnly: boolean };

const files = ['app', 'components', 'emails', 'lib', 'server'].flatMap((folder) =>
  sourceFiles(join(ROOT, folder)),
);

function sourceFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((found) => found.isFile() && /\.(ts|tsx)$/.test(found.name))
    .map((found) => relative(ROOT, join(found.parentPath, found.name)))
    .filter((path) => !path.startsWith('lib/db/generated/'));
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const statements = source.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm,
  );
  const dynamic = source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  return [
    ...[...statements].map((match) => toImport(file, match[2] ?? '', match[1] !== undefined)),
    ...[...dynamic].map((match) => toImport(file, match[1] ?? '', false)),
  ];
}

function toImport(file: string, specifier: string, isTypeOnly: boolean): Import {
  const target = specifier.startsWith('.')
    ? normalize(join(dirname(file), specifier))
    : specifier.startsWith('#')
      ? specifier.slice(1)
      : null;
  return { specifier, target, isTypeOnly };
}

function moduleOf(file: string): string {
  if (/^lib\/(config\/.*|cache|clock|escape|log|random|time)\.ts$/.test(file)) return 'ground';
  if (file === 'package.json') return 'ground';
  if (file === 'lib/runtime.ts') return 'lib/runtime';
  if (file.startsWith('lib/search/index/')) return 'lib/search/index';
  if (file === 'app/early-script.ts') return 'app/early-script';
  const [top, second] = file.split('/');
  return top === 'lib' ? `lib/${second}` : (top ?? '');
}

const isEdge = (file: string) => /(^|[/-])(store|source|transport|schema)\.ts$/.test(file);
/** A schema only parses. */
const isInputOutput = (file: string) => isEdge(file) && !file.endsWith('schema.ts');
const isVerb = (file: string) => /\/[a-z]+-[a-z-]+\.ts$/.test(file) && exportsVerbOfItsName(file);

/** A verb file exports one function of the file's own name (`record-papers.ts` → `recordPapers`). */
function exportsVerbOfItsName(file: string): boolean {
  const name = (file.split('/').at(-1) ?? '')
    .replace(/\.ts$/, '')
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return new RegExp(`export async function ${name}\\b`).test(readFileSync(join(ROOT, file), 'utf8'));
}

test('modules import only what the table grants', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap(({ target }) => {
      if (target === null) return [];
      const from = moduleOf(file);
      const to = moduleOf(target);
      const granted = MAY_IMPORT[from];
      if (granted === undefined) return [`${file}: ${from} is not in the table`];
      return from === to || granted.includes('*') || granted.includes(to) || granted.includes(target)
        ? []
        : [`${file} imports ${target}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test('reserved packages are imported only where they belong', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap(({ specifier, isTypeOnly }) =>
      RESERVED.filter(
        (rule) =>
          rule.specifier.test(specifier) &&
          !rule.allowed.test(file) &&
          !(isTypeOnly && specifier.endsWith('lib/runtime.ts')),
      ).map((rule) => `${file} imports ${specifier}: ${rule.why}`),
    ),
  );
  expect(wrong).toEqual([]);
});

test('lib/db is imported as a value only by stores, the runtime and the command line', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter(({ target, isTypeOnly }) => target?.startsWith('lib/db/') && !isTypeOnly)
      .filter(() => !/^lib\/(db|cli)\//.test(file) && !isEdge(file) && file !== 'lib/runtime.ts')
      .map(({ target }) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('nouns import neither edges nor verbs', () => {
  const wrong = files
    .filter((file) => file.startsWith('lib/') && !isEdge(file) && !isVerb(file))
    .filter((file) => !/^lib\/(cli|db|jobs)\/|^lib\/(runtime|config\/.*)\.ts$/.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter(
          ({ target, isTypeOnly }) =>
            target !== null && !isTypeOnly && (isInputOutput(target) || isVerb(target)),
        )
        .map(({ target }) => `${file} imports ${target}`),
    );
  expect(wrong).toEqual([]);
});

test('time, chance and the environment are arguments', () => {
  const wrong = files
    .filter((file) => /^(lib|emails)\//.test(file))
    .flatMap((file) => {
      const source = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return WORDS.filter((rule) => rule.word.test(source) && !rule.allowed.test(file)).map(
        (rule) => `${file}: ${rule.why}`,
      );
    });
  expect(wrong).toEqual([]);
});

test('there are no barrels and no circular imports', () => {
  expect(files.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([]);
  const graph = new Map(files.map((file) => [file, importsOf(file).flatMap(({ target }) => target ?? [])]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

const sourceOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('no prototype, global or response method is patched', () => {
  const patches =
    /\bprototype(?:\.\w+|\[[^\]]+\])\s*=[^=]|\b(?:res|response|answer)\.(?:write|end|setHeader)\s*=[^=>]/;
  expect(files.filter((file) => patches.test(sourceOf(file)))).toEqual([]);
  const shares = (file: string) => /^(?:app|server)\//.test(file) && /\bglobalThis\b/.test(sourceOf(file));
  expect(files.filter(shares)).toEqual([]);
});

test('React renders to HTML through Next alone', () => {
  const renders = files.filter((file) => /react-dom\/server/.test(sourceOf(file)));
  expect(renders.filter((file) => /^(?:app|components|lib)\//.test(file))).toEqual([]);
});

test('every dynamic segment is a part of the public address', () => {
  const segments = files
    .filter((file) => /^app\/.*(?:page|route)\.tsx?$/.test(file))
    .flatMap((file) => [...file.matchAll(/\[+(?:\.{3})?(\w+)\]+/g)].map(([, name]) => name ?? ''));
  expect([...new Set(segments)].sort()).toEqual([
    'day',
    'format',
    'id',
    'job',
    'list',
    'mail',
    'month',
    'name',
    'page',
    'part',
    'provider',
    'subject',
    'token',
    'week',
    'year',
  ]);
});

test('reading pages run nothing of React in the browser', () => {
  const isReading = (file: string) =>
    /^app\/(?:\(paper\)|\(own-head\)|_components|page\.tsx)|^components\//.test(file);
  expect(files.filter((file) => isReading(file) && /['"]use client['"]/.test(sourceOf(file)))).toEqual([]);
});

test('what reads data for requests knows no component', () => {
  const wrong = files
    .filter((file) => file.startsWith('app/_data/'))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target?.startsWith('components/'))
        .map(() => file),
    );
  expect(wrong).toEqual([]);
});
/** Folders that comments and documents name paths in. */
const TOP_FOLDERS = [
  'app',
  'bin',
  'components',
  'docs',
  'emails',
  'lib',
  'prisma',
  'public',
  'server',
  'tests',
];

test('paths and files that comments and documents name exist', () => {
  const everything = TOP_FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
      .filter((found) => found.isFile())
      .map((found) => relative(ROOT, join(found.parentPath, found.name))),
  );
  const rootFiles = readdirSync(ROOT);
  const names = new Set([...everything, ...rootFiles].map((path) => path.split('/').at(-1)));
  const documents = [...everything, ...rootFiles].filter((path) => path.endsWith('.md'));
  // A decision and the change log speak of the time when they were written.
  const current = documents.filter((path) => !/^(CHANGELOG|docs\/decisions\/)/.test(path));
  const sources = [...everything, ...rootFiles].filter(
    (path) => /\.(ts|tsx|mjs|js|css|prisma)$/.test(path) && !path.startsWith('lib/db/generated/'),
  );
  const wrong = [
    ...current.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
    ...sources.map((path) => ({ path, text: commentsOf(readFileSync(join(ROOT, path), 'utf8')) })),
  ].flatMap(({ path, text }) => [
    ...pathsIn(text)
      .filter((named) => !existsSync(join(ROOT, named)) && !existsSync(join(ROOT, dirname(path), named)))
      .map((named) => `${path} names ${named}`),
    ...[...text.matchAll(/(?<![\w./<{*-])[a-z][a-z0-9-]*(?:\.[a-z]+)*\.(?:ts|tsx|mjs)\b/g)]
      .filter(([name]) => !names.has(name))
      .map(([name]) => `${path} names ${name}`),
  ]);
  const brokenLinks = documents.flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .filter(([, target = '']) => !existsSync(join(ROOT, dirname(path), target)))
      .map(([, target]) => `${path} links to ${target}`),
  );
  expect([...wrong, ...brokenLinks]).toEqual([]);
});

function commentsOf(source: string): string {
  const comments = source.matchAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm);
  return [...comments].map(([comment]) => comment).join('\n');
}

/** Of a path with a placeholder in capitals, such as docs/decisions/NNN-title.md, only the folder is looked for. */
function pathsIn(text: string): string[] {
  const pattern = new RegExp(
    `(?<![\\w/.:#-])(?:${TOP_FOLDERS.join('|')})/(?:[\\w./-]|\\[[\\w.]+\\]|\\(\\w+\\))+`,
    'g',
  );
  return [...text.matchAll(pattern)].map(([path]) =>
    path.replace(/[/\w-]*[A-Z]{3,}.*$|\/[\w-]*-$/, '').replace(/[.):/]+$/, ''),
  );
}
