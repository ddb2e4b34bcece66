/** On lists and searches: the link to subscribe to what is shown. */
export function EmailMeThis(props: { q?: string; category?: string; words?: string }) {
  const fields = new URLSearchParams();
  if (props.q !== undefined) fields.set('q', props.q);
  if (props.category !== undefined) fields.set('category', props.category);
  if (fields.size === 0) fields.set('trending', 'on');
  return (
    <a className="print:hidden" href={`/subscribe?${fields}`} rel="nofollow">
      {props.words ?? 'Get this by e-mail'}
    </a>
  );
}
