import { type PaperList, paperListPath } from '#lib/papers/paper-list.ts';
import { formatDayNear } from './dateline.ts';
import type { Step } from './folio.tsx';
import { listTitle } from './list-title.ts';

/** A step to a list; among lists of one subject the day says enough. */
export function toListStep(list: PaperList): Step {
  const day = list.kind === 'day' || list.kind === 'subject' ? list.day : null;
  return { href: paperListPath(list), label: day === null ? listTitle(list) : formatDayNear(day) };
}
