/** The path inside of a paper in another form. */

const ENDING = /^\/papers\/(.+)\.(bib|ris|json|md|txt)$/;
const PAPER = /^\/papers\/(.+)$/;
/** What a program that resolves DOIs says it accepts (https://citation.crosscite.org/docs.html), in order of preference. */
const FORMATS = {
  'text/markdown': 'md',
  'application/x-bibtex': 'bib',
  'application/x-research-info-systems': 'ris',
  'application/vnd.citationstyles.csl+json': 'json',
};

/** By the ending of the paper's address, else by what is accepted; null where it is the page that is asked for. */
export function toCitationPath(path: string, accept: string): string | null {
  const [, named, ending] = ENDING.exec(path) ?? [];
  if (named !== undefined) return `/citations/${ending}/${named}`;
  const id = PAPER.exec(path)?.[1];
  const format = Object.entries(FORMATS).find(([mediaType]) => accept.includes(mediaType))?.[1];
  return id === undefined || format === undefined ? null : `/citations/${format}/${id}`;
}
