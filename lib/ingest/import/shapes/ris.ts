/** RIS through Citation.js. https://en.wikipedia.org/wiki/RIS_(file_format) */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-ris';
import type { RecordedItem } from '#lib/papers/record-papers.ts';
import { toExcerpt } from '../../excerpt.ts';
import { isObject } from '../json-object.ts';
import type { FileContext } from '../reading.ts';
import { toBibliographicItem } from './bibliographic.ts';
import { readCsl } from './csl.ts';

/** Some programs write one space before the hyphen. */
const TAG = /^\s*([A-Z][A-Z\d]) {1,2}-(?: (.*)|\s*)$/;

export function toRisItem(block: string, file: FileContext): RecordedItem | string {
  try {
    const [entry] = listOf(plugins.input.data(normalize(block), '@ris/file'));
    const [csl] = listOf(plugins.input.data(entry, '@ris/record'));
    if (csl === undefined) return 'no entry in it';
    return toBibliographicItem(readCsl(csl), file);
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

function listOf(value: unknown) {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
