/** The part of Citation.js that is used here; it ships no types. https://citation.js.org/api/ */
declare module '@citation-js/core' {
  export const plugins: {
    readonly input: {
      /** Parses `data` as the format named, and as no other: nothing is ever fetched. Throws where it is not that. */
      data(data: unknown, format: string): unknown;
    };
  };
}
declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-ris';
