import { runtime } from '#lib/runtime.ts';
import { findPersonalData } from '#lib/subscriptions/data-store.ts';
import { parseLinkToken } from '#lib/subscriptions/token.ts';

type Context = { params: Promise<{ token: string }> };

/** All that is kept of a mailbox, as a file. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { secret } = await runtime.identity();
  const subscriberId = parseLinkToken(secret, 'manage', (await params).token);
  const data = subscriberId === null ? null : await findPersonalData(runtime.db, subscriberId);
  if (data === null) return Response.json({ error: 'nothing is kept under this link' }, { status: 404 });
  return new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="paperboy-my-data.json"',
      'Cache-Control': 'no-store',
    },
  });
}
