/**
 * An author's name in the parts that citation styles need: `Rianne van den Berg` is filed under B and cited as
 * van den Berg. Names come as they are printed, forenames first, so the parts have to be told from their look:
 *   lower-case particles    belong before the family name        van den | Berg, Rianne
 *   capital ones            are its first word                   De Francisci Morales, Gianmarco
 *   groups, single words    are not taken apart                  CMS Collaboration, OpenAI, 王小云
 */

/** As in CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html#names). */
export type CslName =
  | { readonly literal: string }
  | {
      readonly family: string;
      readonly given: string;
      readonly 'non-dropping-particle'?: string;
      readonly suffix?: string;
    };

const GROUP =
  /\b(?:collaborations?|consortium|consortia|team|group|project|network|society|committee|foundation|institute|university|laborator(?:y|ies)|initiative|alliance|community|workshop|contributors|developers|authors|members|AI|LLC|Inc\.?)$/i;
const GROUP_BEFORE = /^(?:the|team|group|members of|collaboration)\s/i;
const ON_BEHALF = /^(?:on behalf of|for|and|representing)\s+(?:the\s+)?/i;
const SUFFIX = /^(?:(.+?),?\s+)(Jr\.?|Sr\.?|II|III|IV)$/i;
/** Scripts whose names are written without spaces, or family name first. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\s·・]+$/u;

const PARTICLES = new Set(
  `van von der den de del della delle degli dei dello di da das do dos du des la las le los lo ter ten te tot 't zu zum
  zur vom vander vanden af av y e bin ibn ben bint al el ul ur abu d' dal dalla`.split(/\s+/),
);
/** Written large, only these: others are also forenames or family names of their own (Ben, Te, Ten, Do, E, Al). */
const CAPITAL_PARTICLES = new Set(
  'Van Von De Del Della Delle Di Da Dal Dalla Das Dos Du Des La Le Lo El Ter Vander Vanden St. Saint'.split(
    ' ',
  ),
);
/** Vietnamese family names stand first, and Van behind them is a middle name. */
const VIETNAMESE =
  /^(?:Nguy[eễ]n|Tr[aầ]n|L[eê]|Ph[aạ]m|Ho[aà]ng|Hu[yỳ]nh|Phan|V[uũ]|V[oõ]|[DĐ][aặ]ng|B[uù]i|[DĐ]o|Đỗ|H[oồ]|Ng[oô]|D[uư][oơ]ng|L[yý])$/u;
const ELIDED = /^(d['’]|l['’]|dall['’]|dell['’])(\p{Lu}.*)$/u;

/** `name` as printed, forenames first; `Last, First` is understood as well. */
export function toCslName(name: string): CslName {
  const whole = name.replace(/\s+/g, ' ').trim();
  const named = whole.replace(ON_BEHALF, '');
  if (isGroup(named)) return { literal: named };
  const [, before, suffix] = SUFFIX.exec(whole) ?? [];
  const bare = before ?? whole;
  const turned = /^([^,]+),\s*([^,]+)$/.exec(bare);
  const parts =
    turned === null ? splitName(bare) : { ...splitFamily(turned[1] ?? ''), given: turned[2] ?? '' };
  if (parts === null) return { literal: whole };
  const { given, particle, family } = parts;
  return {
    family,
    given,
    ...(particle !== '' && { 'non-dropping-particle': particle }),
    ...(suffix !== undefined && { suffix }),
  };
}

/** The particle as the head of the family name, for formats that have no place for it. */
export function withWholeFamily(name: CslName): CslName {
  if ('literal' in name) return name;
  const { 'non-dropping-particle': particle, ...rest } = name;
  return particle === undefined ? rest : { ...rest, family: join(particle, rest.family) };
}

function isGroup(name: string): boolean {
  return GROUP.test(name) || GROUP_BEFORE.test(name) || !name.includes(' ') || UNSPACED.test(name);
}

type Parts = { readonly given: string; readonly particle: string; readonly family: string };

function splitName(name: string): Parts | null {
  const words = name.split(' ');
  const start = words.findIndex((word, at) => at > 0 && at < words.length - 1 && startsFamily(word, words));
  const from = start === -1 ? words.length - 1 : start;
  const given = words.slice(0, from).join(' ');
  const { particle, family } = splitFamily(words.slice(from).join(' '));
  return family === '' ? null : { given, particle, family };
}

function startsFamily(word: string, words: readonly string[]): boolean {
  if (PARTICLES.has(word)) return true;
  return CAPITAL_PARTICLES.has(word) && !VIETNAMESE.test(words[0] ?? '');
}

function splitFamily(text: string): Pick<Parts, 'particle' | 'family'> {
  const words = text.trim().split(' ');
  const first = words.findIndex((word) => !PARTICLES.has(word));
  const cut = first === -1 ? words.length - 1 : first;
  const particles = words.slice(0, cut);
  const rest = words.slice(cut).join(' ');
  const [, elided, family] = ELIDED.exec(rest) ?? [];
  if (elided === undefined || family === undefined) return { particle: particles.join(' '), family: rest };
  return { particle: [...particles, elided].join(' '), family };
}

function join(particle: string, family: string): string {
  return /['’]$/.test(particle) ? particle + family : `${particle} ${family}`;
}
