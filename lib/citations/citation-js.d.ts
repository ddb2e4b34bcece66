/** The part of Citation.js that is used here; it ships no types. https://citation.js.org/api/ */
declare module '@citation-js/core' {
  export const plugins: {
    readonly input: {
      /** Parses `data` as the format named, and as no other: nothing is ever fetched. Throws where it is not that. */
      data(data: unknown, format: string): unknown;
    };
    readonly output: {
      /** `data` are CSL items. */
      format(format: string, data: readonly object[], options: object): unknown;
    };
    readonly config: {
      /** A plugin's settings, to be changed in place; they hold for the whole process. */
      get(plugin: '@bibtex'): { readonly format: { useIdAsLabel: boolean; asciiOnly: boolean } };
    };
  };
}
declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-csl';
declare module '@citation-js/plugin-ris';
