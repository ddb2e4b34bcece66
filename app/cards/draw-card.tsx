/** Pictures of papers, drawn when first asked for and kept in memory: each costs some 0.2 s of a processor. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageResponse } from 'next/og';
import { getBaseUrl } from '#app/_data/site.ts';
import { CARD_SIZE, type CardText, PaperCard, toCardText } from '#components/card/paper-card.tsx';
import type { Paper } from '#lib/papers/paper.ts';

export type Card = {
  /** Known before it is drawn; changes with what is on it. */
  readonly tag: string;
  readonly draw: () => Promise<Uint8Array<ArrayBuffer>>;
};

/** Some 40 KB each. */
const CARDS_MAX = 300;
const FONTS = { Display: 'card-display.ttf', Text: 'card-text.ttf', Symbols: 'card-symbols.ttf' };

/** By tag, oldest use first. */
const drawn = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
/** One at a time: whoever asks for a thousand pictures must not stop the pages. */
let last: Promise<unknown> = Promise.resolve();
let fonts: Promise<{ name: string; data: Buffer }[]> | undefined;

export function getCard(paper: Paper): Card {
  const text = toCardText(paper);
  const site = new URL(getBaseUrl()).host;
  const tag = createHash('sha256')
    .update(JSON.stringify([text, site]))
    .digest('base64url')
    .slice(0, 27);
  return { tag, draw: () => drawOnce(tag, text, site) };
}

function drawOnce(tag: string, text: CardText, site: string): Promise<Uint8Array<ArrayBuffer>> {
  const kept = drawn.get(tag);
  const drawing = kept ?? last.then(() => draw(text, site));
  if (kept === undefined) {
    last = drawing.catch(() => drawn.delete(tag));
  }
  drawn.delete(tag);
  drawn.set(tag, drawing);
  for (const oldest of drawn.keys()) {
    if (drawn.size <= CARDS_MAX) break;
    drawn.delete(oldest);
  }
  return drawing;
}

async function draw(text: CardText, site: string): Promise<Uint8Array<ArrayBuffer>> {
  fonts ??= loadFonts();
  const answer = new ImageResponse(<PaperCard text={text} site={site} />, {
    ...CARD_SIZE,
    fonts: await fonts,
  });
  return new Uint8Array(await answer.arrayBuffer());
}

/** The server runs in the project folder, as `next start` demands. */
function loadFonts() {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), 'app', 'fonts');
  return Promise.all(
    Object.entries(FONTS).map(async ([name, file]) => ({ name, data: await readFile(join(folder, file)) })),
  );
}
