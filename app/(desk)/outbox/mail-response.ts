/**
 * Scripts, forms and remote content are blocked in a mail, as in a careful mail program. In the document, because a header
 * of next.config.ts replaces the same header of a route; a browser enforces both policies.
 */
const HEAD = `<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'">
<meta name="referrer" content="no-referrer">`;

/** The HTML part of a mail as a page of its own. */
export function toMailResponse(html: string | null): Response {
  if (html === null) return new Response('There is no such message.\n', { status: 404 });
  return new Response(html.replace('<head>', HEAD), {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
