/**
 * Lists in another order or narrowed, by their query strings. A page that reads its query string is made for every reader
 * anew; as parameters in a path inside, a list's choices are kept with it like any other page. A value that makes no
 * sense is as good as absent. As rules of next.config.ts, which every request goes through, they would be thirty.
 */

type Choices = Readonly<Record<string, RegExp>>;

const LIST_CHOICES = {
  sort: /^(?:trending|newest|upvotes)$/,
  category: /^[a-zA-Z][a-zA-Z-]{0,19}(?:\.[a-zA-Z-]{1,20})?$/,
  code: /^yes$/,
  // Without segments of dots or of nothing, which are no path.
  after: /^(?!.*(?:^|\/)(?:\.*(?:\/|$)))[\w.:()/;+-]{1,200}$/,
} as const satisfies Choices;
const TRENDING_CHOICES = {
  window: /^(?:day|week|month)$/,
  category: /^[a-zA-Z-]{2,20}(?:\.[a-zA-Z-]{2,20})?$/,
  code: /^yes$/,
} as const satisfies Choices;

/** `/narrowed/<sort>/<category>/<code>/<the list's path>/~/<after>`, or the list's own path where nothing is chosen. */
export function toNarrowedPath(list: string, query: URLSearchParams): string {
  const { sort, category, code, after } = read(LIST_CHOICES, query);
  if (![sort, category, code, after].some((value) => value !== undefined)) return list;
  const choices = [sort, category, code].map((value) => value ?? '-').join('/');
  return `/narrowed/${choices}${list}/~${after === undefined ? '' : `/${after}`}`;
}

/** `/trending/<window>/<category>/<code>`. */
export function toTrendingPath(query: URLSearchParams): string {
  const { window = 'day', category = 'any', code = 'any' } = read(TRENDING_CHOICES, query);
  return `/trending/${window}/${category}/${code}`;
}

function read<Name extends string>(
  choices: Readonly<Record<Name, RegExp>>,
  query: URLSearchParams,
): Partial<Record<Name, string>> {
  const values: Partial<Record<Name, string>> = {};
  for (const name in choices) {
    const value = query.get(name);
    if (value !== null && choices[name].test(value)) values[name] = value;
  }
  return values;
}
