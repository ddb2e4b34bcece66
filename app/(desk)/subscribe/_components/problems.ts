/** What a reader is told, by the field that was not accepted. */
const PROBLEMS: Readonly<Record<string, string>> = {
  address: 'This e-mail address is not valid. Please check it.',
  'link-address': 'This e-mail address is not valid. Please check it.',
  busy: 'Too many requests came from your network. Please try again in an hour.',
  proof:
    'To keep spam bots out, this site asks your browser for a short computation, which needs JavaScript. Please allow it for this page and subscribe again.',
  form: 'The form could not be read. Please try again.',
  topics: 'Choose at least one topic: trending papers, a category or a query.',
  category: 'One of the categories does not exist on arXiv. They are written like cs.CL.',
  q: 'One of the queries is empty or cannot be understood.',
  cadence: 'A digest comes daily, on weekdays or weekly.',
  weekday: 'Choose a day of the week.',
  hour: 'Choose an hour from 0 to 23.',
  zone: 'There is no such time zone. Zones are named like Europe/Berlin.',
  max: 'An issue has from 5 to 50 papers.',
  mute: 'At most 50 words or phrases can be left out, each of 60 letters.',
};

export function describeProblem(name: string | undefined): string | null {
  if (name === undefined) return null;
  return Object.hasOwn(PROBLEMS, name) ? (PROBLEMS[name] ?? null) : (PROBLEMS.form ?? null);
}
