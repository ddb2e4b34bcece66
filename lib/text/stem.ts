/**
 * The English stemmer of the Snowball project, "Porter 2" (https://snowballstem.org/algorithms/english/stemmer.html),
 * as Postgres 18's `english_stem` has it; an integration test compares the two over a real vocabulary.
 * Here in TypeScript so that index, queries and highlighting agree without asking a database.
 *
 * Step names are those of the published algorithm. `Y` stands for a y that is a consonant.
 */

const VOWEL = /[aeiouy]/;
const REGION_EXCEPTION = /^(?:gener|commun|arsen)/;
const VOWEL_THEN_CONSONANT = /[aeiouy][^aeiouy]/g;
const SHORT_AT_END = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/;
const DOUBLE_AT_END = /^(?![aeo]..$).*(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;

const IRREGULAR: ReadonlyMap<string, string> = new Map(
  `skis ski skies sky dying die lying lie tying tie idly idl gently gentl ugly ugli early earli only onli
   singly singl sky sky news news howe howe atlas atlas cosmos cosmos bias bias andes andes`
    .trim()
    .split(/\s+/)
    .flatMap((word, index, all) => (index % 2 === 0 ? [[word, all[index + 1] ?? word] as const] : [])),
);
/** Left alone once their plural s is gone. */
const INVARIANT = new Set('inning outing canning herring earring proceed exceed succeed'.split(' '));

type Rule = { readonly suffix: string; readonly to: string; readonly after?: RegExp };

const STEP_2 = rules(
  `ational ate,fulness ful,iveness ive,ization ize,ousness ous,biliti ble,lessli less,tional tion,alism al,aliti al,
   ation ate,entli ent,fulli ful,iviti ive,ousli ous,enci ence,anci ance,abli able,izer ize,ator ate,alli al,bli ble`,
  [
    { suffix: 'ogi', to: 'og', after: /l$/ },
    { suffix: 'li', to: '', after: /[cdeghkmnrt]$/ },
  ],
);
const STEP_3 = rules('ational ate,tional tion,alize al,icate ic,iciti ic,ical ic,ness ,ful ', []);
const STEP_4 = rules(
  'ement ,ance ,ence ,able ,ible ,ment ,ant ,ent ,ism ,ate ,iti ,ous ,ive ,ize ,al ,er ,ic ',
  [{ suffix: 'ion', to: '', after: /[st]$/ }],
);

/** Longest suffix first, because only the longest that fits is looked at. */
function rules(table: string, conditional: readonly Rule[]): readonly Rule[] {
  const plain = table.split(',').map((pair) => {
    const [suffix = '', to = ''] = pair.trim().split(' ');
    return { suffix, to };
  });
  return [...plain, ...conditional].sort((a, b) => b.suffix.length - a.suffix.length);
}

/** The stem of a lower-case word. Words with anything but `a` to `z` in them come back as they are. */
export function stemWord(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  return IRREGULAR.get(word) ?? stemRegular(word);
}

function stemRegular(word: string): string {
  const marked = word.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y');
  const [r1, r2] = regionsOf(marked);
  const singular = step1a(marked);
  if (INVARIANT.has(singular)) return singular;
  const past = step1c(step1b(singular, r1));
  const noun = step3(replaceSuffix(past, STEP_2, r1), r1, r2);
  return step5(replaceSuffix(noun, STEP_4, r2), r1, r2).toLowerCase();
}

/** Where R1 and R2 start: after the first consonant that follows a vowel, and the same again inside R1. */
function regionsOf(word: string): [number, number] {
  const exception = REGION_EXCEPTION.exec(word)?.[0].length;
  const r1 = exception ?? endOfNext(word, 0);
  return [r1, endOfNext(word, r1)];
}

function endOfNext(word: string, from: number): number {
  VOWEL_THEN_CONSONANT.lastIndex = from;
  return VOWEL_THEN_CONSONANT.test(word) ? VOWEL_THEN_CONSONANT.lastIndex : word.length;
}

function step1a(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
  if (!word.endsWith('s') || /[us]s$/.test(word)) return word;
  return VOWEL.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

function step1b(word: string, r1: number): string {
  const eed = /eed(?:ly)?$/.exec(word);
  if (eed !== null) return eed.index >= r1 ? `${word.slice(0, eed.index)}ee` : word;
  const stripped = word.replace(/(?:ed|ing)(?:ly)?$/, '');
  if (stripped === word || !VOWEL.test(stripped)) return word;
  if (/(?:at|bl|iz)$/.test(stripped)) return `${stripped}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stripped))
    return DOUBLE_AT_END.test(stripped) ? stripped.slice(0, -1) : stripped;
  return stripped.length === r1 && SHORT_AT_END.test(stripped) ? `${stripped}e` : stripped;
}

function step1c(word: string): string {
  return word.replace(/(?<=.[^aeiouy])[yY]$/, 'i');
}

function step3(word: string, r1: number, r2: number): string {
  if (word.endsWith('ative')) return word.length - 5 >= r2 ? word.slice(0, -5) : word;
  return replaceSuffix(word, STEP_3, r1);
}

function step5(word: string, r1: number, r2: number): string {
  const at = word.length - 1;
  if (word.endsWith('e')) {
    const isDropped = at >= r2 || (at >= r1 && !SHORT_AT_END.test(word.slice(0, at)));
    return isDropped ? word.slice(0, at) : word;
  }
  return word.endsWith('ll') && at >= r2 ? word.slice(0, at) : word;
}

function replaceSuffix(word: string, table: readonly Rule[], region: number): string {
  const rule = table.find(({ suffix }) => word.endsWith(suffix));
  if (rule === undefined) return word;
  const at = word.length - rule.suffix.length;
  const rest = word.slice(0, at);
  if (at < region || (rule.after !== undefined && !rule.after.test(rest))) return word;
  return rest + rule.to;
}
