/** From a piece of a file to what is in it, by the file's format. */
import type { RecordedItem } from '#lib/ingest/record-papers.ts';
import { toExcerpt } from '#lib/text/excerpt.ts';
import type { Format } from './format.ts';
import type { Piece } from './pieces/piece.ts';
import { type FileContext, type Reading, toReading } from './reading.ts';
import { readValue } from './shape.ts';

export type Reader = (piece: Piece) => Reading[];

export async function createReader(format: Format, file: FileContext): Promise<Reader> {
  const readText = await createTextReader(format, file);
  return (piece) => {
    if (piece.kind === 'lost') return [{ kind: 'rejected', reason: piece.reason }];
    if (piece.kind === 'text') return readText(piece.text, piece.entry);
    const readings = readValue(piece.value, piece.entry - 1, file);
    return readings.map((reading) =>
      reading.kind === 'item' ? { ...reading, repair: reading.repair ?? piece.repair } : reading,
    );
  };
}

async function createTextReader(
  format: Format,
  file: FileContext,
): Promise<(text: string, entry: number) => Reading[]> {
  const toReadings = (items: readonly (RecordedItem | string)[]) => items.map((item) => toReading(item));
  // Loaded where needed: the library takes a fifth of a second, which every other import would pay too.
  if (format === 'bibtex') {
    const { createBibtexReader } = await import('./shapes/bibtex.ts');
    const readBlock = createBibtexReader(file);
    return (text) => toReadings(readBlock(text));
  }
  if (format === 'ris') {
    const { toRisItem } = await import('./shapes/ris.ts');
    return (text) => toReadings([toRisItem(text, file)]);
  }
  return (text, entry) => readJson(text, format === 'json' ? entry - 1 : null, file);
}

function readJson(text: string, position: number | null, file: FileContext): Reading[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ kind: 'rejected', reason: `not JSON: ${toExcerpt(reason, 120)}` }];
  }
  return readValue(value, position, file);
}
