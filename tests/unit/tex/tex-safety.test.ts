import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { texToHtml, texToInlineHtml, texToText } from '#lib/tex/tex.ts';
import { processorMs } from '../../support/processor-time.ts';

const HOSTILE = join(process.env.PAPERBOY_DATA ?? '../shared/data', 'hostile');

afterEach(() => vi.restoreAllMocks());

/** All that can be in our HTML: anything else is left over, and shows in the failure. */
const EXPECTED_MARKUP = [
  /<\/?(?:p|em|strong|code|sub|sup|a|math)>/g,
  /<\/?m(?:i|n|o|text|space|row|frac|sqrt|root|style|padded|phantom|sub|sup|subsup|under|over|underover|table|tr|td)>/g,
  /<m[a-z]+(?: (?:mathvariant|accent|accentunder|columnalign|depth|displaystyle|height|largeop|linethickness|lspace|maxsize|minsize|movablelimits|rspace|scriptlevel|stretchy|voffset|width)="[\w.+% -]*")+>/g,
  /<math class="notranslate" translate="no"(?: display="block")?>/g,
  /<span class="tex-source notranslate" translate="no">|<\/span>/g,
  /<a href="https?:\/\/[^"<>\s]+" rel="nofollow noopener">/g,
];

function unexpected(html: string): string {
  const rest = EXPECTED_MARKUP.reduce((left, pattern) => left.replace(pattern, ''), html);
  return /[<>"]|[\x00-\x08\x0b-\x1f\x7f-\x9f]/.test(rest) || !html.isWellFormed() ? rest : '';
}

function wrapped(payload: string): string[] {
  const commands = [
    'emph',
    'textbf',
    'url',
    'href',
    'text',
    'footnote',
    'cite',
    'includegraphics',
    'frac',
    'begin',
  ];
  const formulas = [
    'text',
    'mathbb',
    'color',
    'href',
    'url',
    'class',
    'htmlStyle',
    'htmlData',
    'verb',
    'def',
  ];
  return [
    payload,
    `$${payload}$`,
    `\\[${payload}\\]`,
    ...commands.map((command) => `\\${command}{${payload}}{${payload}}`),
    ...formulas.map((command) => `$\\${command}{${payload}}{${payload}}$`),
  ];
}

describe.skipIf(!existsSync(HOSTILE))(`hostile strings (skipped where ${HOSTILE} is absent)`, () => {
  const naughty: string[] = existsSync(HOSTILE)
    ? JSON.parse(readFileSync(join(HOSTILE, 'naughty-strings.json'), 'utf8'))
    : [];
  const payloads = existsSync(HOSTILE)
    ? readFileSync(join(HOSTILE, 'xss-payloads.txt'), 'utf8').split('\n')
    : [];

  test('give no markup but ours, bare and inside one kind of command after the other', () => {
    const sources = [...naughty, ...payloads].flatMap((payload, at) => {
      const wrappings = wrapped(payload);
      return [payload, wrappings[at % wrappings.length] ?? ''];
    });
    const leaks = sources.filter(
      (source) => unexpected(texToHtml(source)) + unexpected(texToInlineHtml(source)) !== '',
    );
    expect(leaks).toEqual([]);
  }, 60_000);
});

test.each([
  '<script>alert(1)</script>',
  '$<script>alert(1)</script>$',
  '$\\text{<img src=x onerror=alert(1)>}$',
  '$\\htmlStyle{background:url(https://a.org)}{x}$',
  '$\\includegraphics{https://a.org/x.png}$',
  '$\\class{"><script>}{x}$',
  '$\\unicode{x3c}script\\unicode{x3e}$',
  '$\\verb|<script>|$',
  '&#60;script&#62;',
  '\\href{https://a.org/" onclick="x}{y}',
  'https://a.org/"onmouseover="x',
  "https://a.org/'><script>",
  '\\url{javascript:alert(1)} \\href{ javascript:alert(1)}{x}',
])('%s stays text', (source) => {
  const html = texToHtml(source);
  expect(unexpected(html)).toBe('');
  expect(html).not.toMatch(/<script|<img|<[^>]* (?:on\w+|src|style)=|href="(?!https?:)/);
});

test('rendering writes nothing to the console', () => {
  const spies = (['log', 'warn', 'error', 'info'] as const).map((method) => vi.spyOn(console, method));
  texToHtml('$\\message{a}\\errmessage{b}\\show\\c$ $日本語 ☃$ $\\newline\\\\$ $\\text{é😀}$');
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

describe('hostile lengths', () => {
  const LENGTH = 100_000;
  /** CPU time, which a busy machine does not lengthen: the slowest took 0.4 s, quadratic time would take minutes. */
  const LIMIT_MS = 4_000;
  const units = [
    ...['{', '}', '$', '\\', '^', '_', '~', '`', "'", '-', '*', '&', '\n', ' ', 'h', '\u202e', '\ud800'],
    ...[
      '${',
      '{$',
      '$x',
      '$ x',
      '\\(',
      '\\[',
      '\\begin{equation}',
      '\\be ',
      '\\cite{',
      '\\cite[',
      '\\frac{',
      '\\frac',
    ],
    ...[
      '\\emph{',
      '\\href{a}{',
      '^{',
      '_{',
      '$\\frac{',
      '$5 million to ',
      'http://',
      'https://a.b/(',
      '**a',
      '`a',
      '\\"{',
    ],
    ...[
      '&#x41;',
      '$a$ ',
      '{\\it ',
      '\\item ',
      '$$x',
      '$\\text{',
      '$\\hat{',
      '{a b c d e',
      '$\\over ',
      '$\\zzz',
      '\\$a',
    ],
    ...[
      '$\\def\\a{\\a\\a}\\a$',
      '$\\def\\a#1{#1#1#1#1#1#1#1#1}\\a{\\a{\\a{\\a{\\a{x}}}}}$',
      '$\\left($',
      '$\\buildrel{b',
    ],
  ];

  test.each(units)('100,000 characters of %j are read in bounded time', (unit) => {
    const source = unit.repeat(Math.ceil(LENGTH / unit.length));
    let html = '';
    let text = '';
    const spentMs = processorMs(() => {
      html = texToHtml(source);
      texToInlineHtml(source);
      text = texToText(source);
    });
    expect(spentMs).toBeLessThan(LIMIT_MS);
    expect(unexpected(html)).toBe('');
    expect(text.isWellFormed()).toBe(true);
  });

  test.each([
    '{',
    '^{',
    '\\frac{',
    '\\sqrt{',
    '\\hat{',
    '\\left(',
    '\\mathbb{',
    '\\a\\b\\c',
    '\\begin{matrix}',
    'x_',
  ])('a formula of %j nested as deep as it goes does not overflow', (unit) => {
    const formula = unit.repeat(Math.floor(1900 / unit.length));
    expect(() => texToHtml(`$${formula}$ `.repeat(8))).not.toThrow();
    expect(() => texToText(`$${formula}$ ${formula}`)).not.toThrow();
  });
});
