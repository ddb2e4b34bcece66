/** RIS through Citation.js. https://en.wikipedia.org/wiki/RIS_(file_format) */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-ris';
import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import { toExcerpt } from '#lib/text/storable-text.ts';
import { type FileContext, isObject } from '../parsed-record.ts';
import { toBibliographicItem } from './bibliographic.ts';
import { readCsl } from './csl.ts';

/** Some programs write one space before the hyphen. */
const TAG = /^\s*([A-Z][A-Z\d]) {1,2}-(?: (.*)|\s*)$/;

export function toRisItem(block: string, file: FileContext): RecordedItem | string {
  try {
    const entries = plugins.input.data(normalize(block), '@ris/file');
    const [entry] = Array.isArray(entries) ? entries : [];
    if (entry === undefined) return 'no entry in it';
    const csl = plugins.input.data(entry, '@ris/record');
    return isObject(csl) ? toBibliographicItem(readCsl(csl), file) : 'no entry in it';
  } catch (error) {
    return `not RIS: ${toExcerpt(error instanceof Error ? error.message : String(error), 120)}`;
  }
}

/**
 * One line a tag. The library joins a line without a tag to *all* values of the tag before it, which makes one author
 * of several where an empty line follows them.
 */
function normalize(block: string): string {
  const lines: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, tag, value = ''] = TAG.exec(line) ?? [];
    if (tag !== undefined) lines.push(`${tag}  - ${value.trim()}`);
    else if (line.trim() !== '' && lines.length > 0) lines.push(`${lines.pop()} ${line.trim()}`);
  }
  return lines.join('\n');
}
