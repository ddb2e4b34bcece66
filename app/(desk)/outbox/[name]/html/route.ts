import { getOutboxMessage } from '#app/_data/outbox.ts';
import { toMailResponse } from '#app/(desk)/outbox/mail-response.ts';

type Context = { params: Promise<{ name: string }> };

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return toMailResponse((await getOutboxMessage((await params).name))?.html ?? null);
}
