/** On lists and searches: the way from what is shown to a digest of it. */
export function EmailMeThis(props: { q?: string; category?: string; words?: string }) {
  const fields = new URLSearchParams();
  if (props.q !== undefined) fields.set('q', props.q);
  if (props.category !== undefined) fields.set('category', props.category);
  if (fields.size === 0) fields.set('trending', 'on');
  return (
    <a className="email-me-this" href={`/subscribe?${fields}`} rel="nofollow">
      {props.words ?? 'E-mail me this'}
    </a>
  );
}
