/** Authors in the paper's order; past `most` of them a count, never a silent cut. */
export function Byline(props: { authors: readonly string[]; most: number; className?: string }) {
  const { authors, most, className } = props;
  if (authors.length === 0) return null;
  return <p className={className ? `byline ${className}` : 'byline'}>{formatByline(authors, most)}</p>;
}

/** `A, B and C` or `A, B and 12 others`. "And 1 other" would be longer than the name it hides. */
function formatByline(authors: readonly string[], most: number): string {
  const named = authors.length <= most + 1 ? authors : authors.slice(0, most);
  const others = authors.length - named.length;
  const last = others === 0 ? named.at(-1) : `${others} others`;
  const rest = others === 0 ? named.slice(0, -1) : named;
  return rest.length === 0 ? (last ?? '') : `${rest.join(', ')} and ${last}`;
}
