/** What is said to somebody whose form could not be taken, by what was wrong with it. */
const PROBLEMS: Readonly<Record<string, string>> = {
  address: 'That is no e-mail address we could write to. Please look at it again.',
  'link-address': 'That is no e-mail address we could write to. Please look at it again.',
  busy: 'There were many requests from your network. Please try again in an hour.',
  proof:
    'To keep programs out, this site asks your browser for a moment’s work, which takes JavaScript. Please allow it for this page, and subscribe again.',
  form: 'The form did not arrive as it was sent. Please try again.',
  topics: 'Choose what the digest is about: trending papers, a category or a query.',
  category: 'One of the categories is none of arXiv’s. They are written like cs.CL.',
  q: 'One of the queries asks for nothing that could be found.',
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
