/**
 * What `npm test` says at its end: the last line is `N passed, N failed` and nothing else; what was skipped is told
 * before it.
 * @param {{ passed: number, failed: number, skipped: number }} counts
 */
export function formatTotal({ passed, failed, skipped }) {
  const note = skipped > 0 ? `${skipped} skipped\n` : '';
  return `\n${note}${passed} passed, ${failed} failed`;
}
