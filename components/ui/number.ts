const EXACT = new Intl.NumberFormat('en-GB');
const COMPACT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const EXACT_MAX = 9_999;

/** `9,876`, then `12.3k`: a count to compare at a glance. */
export function formatCount(count: number): string {
  return count <= EXACT_MAX ? EXACT.format(count) : COMPACT.format(count).toLowerCase();
}

/** `1 paper`, `67 papers` */
export function countOf(count: number, one: string, many: string): string {
  return `${EXACT.format(count)} ${count === 1 ? one : many}`;
}
