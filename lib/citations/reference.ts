/** A reference as one reads it at the end of an article, in the style of the APA, through Citation.js. */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-csl';
import { type Citable, toCslItem } from './citation.ts';

/** Plain text on one line. */
export function toReference(paper: Citable): string {
  const { abstract: _abstract, note: _note, ...item } = toCslItem(paper);
  const text = plugins.output.format('bibliography', [item], {
    format: 'text',
    template: 'apa',
    lang: 'en-US',
  });
  return String(text).replace(/\s+/g, ' ').trim();
}
