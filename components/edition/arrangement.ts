/**
 * How a day's papers are laid out, best first: one lead story, up to three beside it, a row or two of features, and
 * everything else in brief. Rank decides the place; no paper is left out.
 */
import { type Copy, fitBeside } from './copy-fitting.ts';

const SECONDS_MAX = 3;
const FEATURES = 6;
/** A handful more than the features would look lost as a section of its own. */
const FEATURES_MAX = 9;

export type Arrangement<Story> = {
  readonly lead: Story | undefined;
  /** `lines`: how much of the abstract is shown. */
  readonly seconds: readonly { readonly story: Story; readonly lines: number }[];
  readonly features: readonly Story[];
  readonly briefs: readonly Story[];
};

export function arrange<Story extends Copy>(stories: readonly Story[]): Arrangement<Story> {
  const [lead, ...others] = stories;
  const seconds = lead === undefined ? [] : fitBeside(lead, others.slice(0, SECONDS_MAX));
  const rest = others.slice(seconds.length);
  const features = rest.length <= FEATURES_MAX ? rest.length : FEATURES;
  return { lead, seconds, features: rest.slice(0, features), briefs: rest.slice(features) };
}
