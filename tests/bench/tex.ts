/**
 * How well and how fast the TeX of real abstracts is rendered, over the older arXiv sample, a quarter of which holds
 * TeX, and whether any markup gets out that should not, over the same and over lists of hostile strings.
 *
 *   node tests/bench/tex.ts [--failures 50] [--sample arxiv/another.jsonl.gz]     prints one JSON line
 *
 * A record *holds mathematics* when its source has a non-empty pair of unescaped dollars, `\(…\)`, `\[…\]` or a display
 * environment, whatever our own reader makes of them. It is *rendered* when every formula was accepted by KaTeX and no
 * dollar and no command is left in the visible text; amounts of money apart. `guessed` counts the rendered records in
 * which some command that KaTeX does not know, nor our table of authors' shorthands, was set by its bare name.
 */

import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { formulaToMathml } from '#lib/tex/formula.ts';
import { readProse } from '#lib/tex/prose.ts';
import { texToHtml, texToInlineHtml, texToText } from '#lib/tex/tex.ts';

type SourceRecord = { readonly id: string; readonly title: string; readonly abstract: string };
type Failure = { readonly id: string; readonly formula: string; readonly reason: string };

const DATA = process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../shared/data');
const SAMPLE = 'arxiv/arxiv-archive-sample-1986_2019.jsonl.gz';

const MATHEMATICS = [
  /(?<!\\)\$[^$]*[^$\s][^$]*\$/,
  /\\\(.+?\\\)/s,
  /\\\[.+?\\\]/s,
  /\\begin\s*\{(?:equation|align|eqnarray|gather|multline)/,
];

function holdsMathematics(source: string): boolean {
  return MATHEMATICS.some((pattern) => pattern.test(source));
}

/** What is wrong with the rendering of one text; empty when nothing is. */
function failuresOf(id: string, source: string, html: string): Failure[] {
  const failures: Failure[] = [];
  for (const run of readProse(source).flat()) {
    if (run.kind === 'formula' && formulaToMathml(run.tex, run.isDisplay) === null) {
      failures.push({ id, formula: run.tex, reason: 'refused by KaTeX' });
    }
  }
  const visible = html.replace(/<math.*?<\/math>/gs, ' ').replace(/<[^>]*>/g, '');
  const command = /\\[a-zA-Z]{2,}/.exec(visible);
  if (command !== null)
    failures.push({ id, formula: excerpt(visible, command.index), reason: 'command left' });
  const dollar = source.includes('\\$') ? -1 : visible.search(/\$(?!\d)/);
  if (dollar >= 0) failures.push({ id, formula: excerpt(visible, dollar), reason: 'dollar left' });
  if (hasUnpairedDollar(source))
    failures.push({ id, formula: excerpt(source, source.indexOf('$')), reason: 'unpaired dollar' });
  if (html.includes('tex-source') && failures.length === 0) {
    failures.push({ id, formula: excerpt(source, 0), reason: 'shown as text' });
  }
  return failures;
}

/** Their authors' mistakes, of which no reader can be sure; they count against us. */
function hasUnpairedDollar(source: string): boolean {
  const dollars = source.match(/(?<!\\)\$/g)?.length ?? 0;
  return dollars % 2 === 1 && !/(?:^|[\s(])\$\d[\d.,]*(?:[\s-]|[kKMB]\b)/.test(source);
}

function excerpt(text: string, at: number): string {
  return text.slice(Math.max(0, at - 40), at + 60);
}

function hasGuess(source: string): boolean {
  return readProse(source)
    .flat()
    .some(
      (run) => run.kind === 'formula' && (formulaToMathml(run.tex, run.isDisplay)?.guesses.length ?? 0) > 0,
    );
}

const ELEMENTS = new Set(
  `p a em strong code sub sup span math mi mn mo mtext mspace mrow mfrac msqrt mroot mstyle mpadded mphantom msub msup
  msubsup munder mover munderover mtable mtr mtd`.split(/\s+/),
);
const ATTRIBUTES = new Set(
  `href rel class translate display mathvariant accent accentunder columnalign depth displaystyle height largeop
  linethickness lspace maxsize minsize movablelimits rspace scriptlevel stretchy voffset width`.split(/\s+/),
);
const TAG = /<\/?([a-z]+)((?: [a-z]+="[^"<>]*")*)>/g;

/** Null, or what in `html` could run, load or lead elsewhere than `source` says. Written apart from the code it checks. */
function unsafePart(html: string, source: string): string | null {
  const text = source.replace(/\\([_%&#~{}$])(?:\{\})?/g, '$1');
  for (const [tag, name = '', attributes = ''] of html.matchAll(TAG)) {
    if (!ELEMENTS.has(name)) return tag;
    for (const [, attribute = '', value = ''] of attributes.matchAll(/([a-z]+)="([^"]*)"/g)) {
      const url = value.replaceAll('&amp;', '&').replaceAll('&#39;', "'");
      const isForeign = attribute === 'href' && !(/^https?:\/\//i.test(url) && text.includes(url));
      if (!ATTRIBUTES.has(attribute) || isForeign || /javascript:|data:/i.test(value)) return tag;
    }
  }
  const rest = html.replace(TAG, '');
  const stray = /[<>"]|[\x00-\x08\x0b-\x1f\x7f-\x9f]/.exec(rest);
  return stray === null && html.isWellFormed()
    ? null
    : rest.slice(stray?.index ?? 0, (stray?.index ?? 0) + 60);
}

async function readSample(file: string): Promise<SourceRecord[]> {
  const lines = createInterface({
    input: createReadStream(file).pipe(createGunzip()),
    crlfDelay: Infinity,
  });
  const records: SourceRecord[] = [];
  for await (const line of lines) records.push(JSON.parse(line));
  return records;
}

function hostileStrings(): string[] {
  const naughty: string[] = JSON.parse(readFileSync(join(DATA, 'hostile/naughty-strings.json'), 'utf8'));
  const payloads = readFileSync(join(DATA, 'hostile/xss-payloads.txt'), 'utf8').split('\n');
  const strings = [...naughty, ...payloads];
  return strings.flatMap((text) => [
    text,
    `$${text}$`,
    `\\href{${text}}{x}`,
    `\\url{${text}}`,
    `\\emph{${text}}`,
  ]);
}

/** Calls per second of `render` over `texts`, which are all rendered once. */
function perSecond(texts: readonly string[], render: (text: string) => string): number {
  const start = performance.now();
  for (const text of texts) render(text);
  return Math.round((texts.length * 1000) / (performance.now() - start));
}

function check(records: readonly SourceRecord[]) {
  const counts = { withMath: 0, rendered: 0, guessed: 0, unsafe: 0 };
  const failures: Failure[] = [];
  for (const { id, title, abstract } of records) {
    const rendered = [
      [title, texToInlineHtml(title)],
      [abstract, texToHtml(abstract)],
    ] as const;
    for (const [source, html] of rendered) if (unsafePart(html, source) !== null) counts.unsafe += 1;
    if (!holdsMathematics(title) && !holdsMathematics(abstract)) continue;
    counts.withMath += 1;
    const found = rendered.flatMap(([source, html]) => failuresOf(id, source, html));
    failures.push(...found);
    if (found.length > 0) continue;
    counts.rendered += 1;
    if (hasGuess(title) || hasGuess(abstract)) counts.guessed += 1;
  }
  return { ...counts, failures };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      failures: { type: 'string', default: '20' },
      sample: { type: 'string', default: SAMPLE },
    },
  });
  const file = join(DATA, values.sample);
  if (!existsSync(file)) {
    console.log(JSON.stringify({ skipped: `no data at ${file}` }));
    return;
  }
  const records = await readSample(file);
  const { failures, unsafe, ...counts } = check(records);
  const hostile = hostileStrings();
  const unsafeHostile = hostile.flatMap(
    (text) => unsafePart(texToHtml(text) + texToInlineHtml(text), text) ?? [],
  );
  const abstracts = records.map((record) => record.abstract);
  const plain = abstracts.filter((abstract) => !/[\\$]/.test(abstract));
  console.log(
    JSON.stringify({
      records: records.length,
      ...counts,
      fallbackRatio: Number((1 - counts.rendered / counts.withMath).toFixed(5)),
      plainPerSecond: perSecond(plain, texToText),
      plainHtmlPerSecond: perSecond(plain, texToHtml),
      textPerSecond: perSecond(abstracts, texToText),
      htmlPerSecond: perSecond(abstracts, texToHtml),
      hostile: hostile.length,
      unsafe: unsafe + unsafeHostile.length,
      failures: failures.slice(0, Number(values.failures)),
    }),
  );
}

await main();
