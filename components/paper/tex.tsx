/** Markup made from TeX by lib/tex/tex.ts, which escapes whatever it does not make itself. */
export function Tex({ html }: { html: string }) {
  return <span dangerouslySetInnerHTML={{ __html: html }} />;
}
