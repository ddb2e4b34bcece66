import { fixture, paperboy } from './paperboy.ts';

/** Beside the sample edition of 12 March 2025: two earlier days, one with papers that mean harm. */
export default async function bringPapers(): Promise<void> {
  await paperboy('ingest', 'huggingface', '--from', fixture('before'));
}
