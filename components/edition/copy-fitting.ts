/**
 * Copy-fitting: how tall a story will stand, reckoned from its letters as sub-editors do, so that the lead and the
 * column beside it end at about the same height. Lengths in rem, for the desktop widths at which they stand side by
 * side; an estimate may be a line off, which the eye forgives.
 */

export type Copy = { readonly titleText: string; readonly abstractText: string };

/** Long headlines are set smaller, or they would be all there is of the story. */
export type HeadlineSize = 'large' | 'medium' | 'small';

const LEAD_HEADLINE: Record<HeadlineSize, { charsMax: number; charsPerLine: number; line: number }> = {
  large: { charsMax: 42, charsPerLine: 19, line: 4.7 },
  medium: { charsMax: 85, charsPerLine: 22, line: 4 },
  small: { charsMax: Number.POSITIVE_INFINITY, charsPerLine: 29, line: 3.15 },
};
/** By-line, reference line and the space around them. */
const LEAD_REST = 7;
const LEAD_COLUMNS = 2;
const LEAD_TEXT = { charsPerLine: 39, line: 1.61 };
const SECOND_HEADLINE = { charsPerLine: 24, line: 1.9 };
/** Kicker, by-line, fold, reference line and the space around them. */
const SECOND_REST = 9.2;
const SECOND_TEXT = { charsPerLine: 46, line: 1.42 };
/** Fewer say nothing; more are read on the paper's own page. */
const LINES_MIN = 3;
const LINES_MAX = 18;

export function leadHeadlineSize(title: string): HeadlineSize {
  if (title.length <= LEAD_HEADLINE.large.charsMax) return 'large';
  return title.length <= LEAD_HEADLINE.medium.charsMax ? 'medium' : 'small';
}

/**
 * How many of `candidates`, from the first, go beside the lead, and the lines of abstract each may show. At least
 * one if there is any.
 */
export function fitBeside<Story extends Copy>(
  lead: Copy,
  candidates: readonly Story[],
): { story: Story; lines: number }[] {
  const height = leadHeight(lead);
  for (let count = candidates.length; count > 1; count -= 1) {
    const stories = candidates.slice(0, count);
    const lines = linesLeft(height, stories);
    if (lines >= count * LINES_MIN) return share(stories, lines);
  }
  const stories = candidates.slice(0, 1);
  return share(stories, Math.max(linesLeft(height, stories), LINES_MIN));
}

function leadHeight({ titleText, abstractText }: Copy): number {
  const headline = LEAD_HEADLINE[leadHeadlineSize(titleText)];
  return (
    linesOf(titleText, headline) * headline.line +
    Math.ceil(linesOf(abstractText, LEAD_TEXT) / LEAD_COLUMNS) * LEAD_TEXT.line +
    LEAD_REST
  );
}

function linesLeft(height: number, stories: readonly Copy[]): number {
  const taken = stories.map(
    (story) => linesOf(story.titleText, SECOND_HEADLINE) * SECOND_HEADLINE.line + SECOND_REST,
  );
  return Math.floor((height - taken.reduce((sum, part) => sum + part, 0)) / SECOND_TEXT.line);
}

/** Evenly, and what one story does not need goes to those after it. */
function share<Story extends Copy>(
  stories: readonly Story[],
  lines: number,
): { story: Story; lines: number }[] {
  let left = lines;
  return stories.map((story, index) => {
    const part = Math.floor(left / (stories.length - index));
    const own = Math.min(Math.max(part, LINES_MIN), LINES_MAX, linesOf(story.abstractText, SECOND_TEXT));
    left -= own;
    return { story, lines: own };
  });
}

function linesOf(text: string, { charsPerLine }: { charsPerLine: number }): number {
  return Math.ceil(text.length / charsPerLine);
}
