import { getOutboxMessage } from '#app/_data/outbox.ts';

type Context = { params: Promise<{ name: string }> };

/** Nothing of a mail may run here, and nothing from elsewhere be loaded, as in a careful mail program. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const message = await getOutboxMessage((await params).name);
  if (message === null) return new Response('There is no such message.\n', { status: 404 });
  return new Response(message.html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    },
  });
}
