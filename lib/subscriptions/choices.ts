/**
 * What a form says of a subscription, from the page's own form or anybody's request: `topics` and so on as named below.
 *
 *     trending=on  category=cs.CL (also several in one, by comma or space)  q=… (a query; several)
 *     cadence=daily|weekdays|weekly  weekday=1..7  hour=0..23  zone=Europe/Berlin  max=5..50  mute=…  empty=on
 */
import { parseCategory } from '#lib/papers/category.ts';
import { printQuery } from '#lib/query/normal-form.ts';
import { parseQuery, QUERY_CHARS_MAX } from '#lib/query/parser.ts';
import { isEmpty } from '#lib/query/query.ts';
import { CADENCES, type Cadence, type Schedule } from './schedule.ts';
import {
  CATEGORIES_MAX,
  type Choices,
  MUTED_WORDS_MAX,
  PAPERS_MAX,
  QUERIES_MAX,
  type Topics,
} from './subscription.ts';
import { parseZone } from './zone.ts';

/** One value or more for each name; URLSearchParams and FormData both turn into it. */
export type FormFields = Pick<URLSearchParams, 'get' | 'getAll'>;

export type ChoicesField =
  | 'topics'
  | 'category'
  | 'q'
  | 'cadence'
  | 'weekday'
  | 'hour'
  | 'zone'
  | 'max'
  | 'mute';

/** `sentence` is for the person who filled the form in. */
export type ChoicesMistake = { readonly field: ChoicesField; readonly sentence: string };

export const USUAL_SCHEDULE: Schedule = { cadence: 'daily', weekday: null, hour: 7, zone: 'UTC' };

const MUTED_CHARS_MAX = 60;

/** Fields that are not there take their usual value; wrong ones are all told at once. */
export function parseChoices(form: FormFields): Choices | ChoicesMistake[] {
  const mistakes: ChoicesMistake[] = [];
  const refuse = (field: ChoicesField, sentence: string) => {
    mistakes.push({ field, sentence });
  };
  const choices = {
    ...parseTopics(form, refuse),
    ...parseSchedule(form, refuse),
    papersMax: parseNumber(form.get('max'), PAPERS_MAX.usual),
    sendWhenEmpty: isOn(form.get('empty')),
  };
  if (!(choices.papersMax >= PAPERS_MAX.least && choices.papersMax <= PAPERS_MAX.most)) {
    refuse('max', `An issue has from ${PAPERS_MAX.least} to ${PAPERS_MAX.most} papers.`);
  }
  return mistakes.length > 0 ? mistakes : choices;
}

type Refuse = (field: ChoicesField, sentence: string) => void;

function parseTopics(form: FormFields, refuse: Refuse): Topics {
  const named = form.getAll('category').flatMap((text) => text.split(/[\s,;+]+/).filter(Boolean));
  const unknown = named.filter((name) => parseCategory(name) === null);
  if (unknown.length > 0) {
    refuse('category', `arXiv has no category ${unknown.slice(0, 3).join(', ').slice(0, 60)}.`);
  }
  const categories = distinct(named.flatMap((name) => parseCategory(name)?.id ?? []));
  if (categories.length > CATEGORIES_MAX) refuse('category', `At most ${CATEGORIES_MAX} categories fit in.`);
  const queries = parseQueries(form.getAll('q'), refuse);
  const hasTrending = isOn(form.get('trending'));
  if (!hasTrending && categories.length === 0 && queries.length === 0 && unknown.length === 0) {
    refuse('topics', 'Choose what the digest is about: trending papers, a category or a query.');
  }
  const mutedWords = distinct(
    form
      .getAll('mute')
      .flatMap((text) => text.split(/[,;\n\r]+/))
      .map((word) =>
        word
          .replace(/[\p{C}"\s]+/gu, ' ')
          .trim()
          .toLowerCase(),
      )
      .filter(Boolean),
  );
  if (mutedWords.length > MUTED_WORDS_MAX || mutedWords.some((word) => word.length > MUTED_CHARS_MAX)) {
    refuse(
      'mute',
      `At most ${MUTED_WORDS_MAX} words or phrases can be muted, each of ${MUTED_CHARS_MAX} letters.`,
    );
  }
  return { hasTrending, categories, queries, mutedWords };
}

function parseQueries(texts: readonly string[], refuse: Refuse): string[] {
  const given = texts.map((text) => text.trim()).filter(Boolean);
  if (given.length > QUERIES_MAX) refuse('q', `At most ${QUERIES_MAX} queries fit in.`);
  const queries = given.slice(0, QUERIES_MAX).flatMap((text) => {
    if (text.length > QUERY_CHARS_MAX) {
      refuse('q', `A query has at most ${QUERY_CHARS_MAX} characters.`);
      return [];
    }
    const query = normalizeQuery(text);
    if (query === null) refuse('q', `“${text.slice(0, 60)}” asks for nothing that could be found.`);
    return query ?? [];
  });
  return distinct(queries);
}

/** The query as it is kept: a digest has an order of its own. Null where nothing is asked for. */
export function normalizeQuery(text: string): string | null {
  const { query } = parseQuery(text);
  return isEmpty(query) ? null : printQuery({ ...query, sort: null });
}

function parseSchedule(form: FormFields, refuse: Refuse): Schedule {
  const cadence = toCadence(form.get('cadence') || USUAL_SCHEDULE.cadence);
  if (cadence === null) refuse('cadence', 'A digest comes daily, on weekdays or weekly.');
  const weekday = cadence === 'weekly' ? parseNumber(form.get('weekday'), 1) : null;
  if (weekday !== null && !(weekday >= 1 && weekday <= 7)) refuse('weekday', 'Choose a day of the week.');
  const hour = parseNumber(form.get('hour'), USUAL_SCHEDULE.hour);
  if (!(hour >= 0 && hour <= 23)) refuse('hour', 'Choose an hour from 0 to 23.');
  const zone = parseZone((form.get('zone') || USUAL_SCHEDULE.zone).trim());
  if (zone === null) refuse('zone', 'There is no such time zone. Zones are named like Europe/Berlin.');
  return { cadence: cadence ?? 'daily', weekday, hour, zone: zone ?? USUAL_SCHEDULE.zone };
}

/** The form that `parseChoices` reads as these choices: links to a filled-in page are made of it. */
export function toFormFields(choices: Choices): [string, string][] {
  return [
    ...(choices.hasTrending ? [['trending', 'on'] as [string, string]] : []),
    ...choices.categories.map((id): [string, string] => ['category', id]),
    ...choices.queries.map((query): [string, string] => ['q', query]),
    ['cadence', choices.cadence],
    ...(choices.weekday === null ? [] : [['weekday', String(choices.weekday)] as [string, string]]),
    ['hour', String(choices.hour)],
    ['zone', choices.zone],
    ['max', String(choices.papersMax)],
    ...(choices.mutedWords.length === 0 ? [] : [['mute', choices.mutedWords.join(', ')] as [string, string]]),
    ...(choices.sendWhenEmpty ? [['empty', 'on'] as [string, string]] : []),
  ];
}

function toCadence(text: string): Cadence | null {
  return CADENCES.find((cadence) => cadence === text) ?? null;
}

/** NaN, which is in no range, for what is no whole number. */
function parseNumber(text: string | null, usual: number): number {
  if (text === null || text.trim() === '') return usual;
  return /^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function isOn(text: string | null): boolean {
  return text !== null && /^(on|true|yes|1)$/i.test(text);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
