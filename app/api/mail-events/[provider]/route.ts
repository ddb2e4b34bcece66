import { recordMailEvents } from '#lib/mail/record-mail-events.ts';
import { PROVIDERS, readMailEvents } from '#lib/mail/webhook/read-mail-events.ts';
import { createSnsSource } from '#lib/mail/webhook/sns-source.ts';
import { runtime } from '#lib/runtime.ts';

type Context = { params: Promise<{ provider: string }> };

const REFUSALS = { refused: 403, 'not-configured': 404 } as const;
/** Providers send up to a thousand events at once. */
const BODY_CHARS_MAX = 4_000_000;

const sns = createSnsSource();

/** A mail provider's webhook: bounces and complaints. What is not proved to be the provider's is refused. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const name = (await params).provider;
  const provider = PROVIDERS.find((one) => one === name);
  if (provider === undefined) return Response.json({ error: 'no such provider' }, { status: 404 });
  const body = await request.text();
  if (body.length > BODY_CHARS_MAX) return Response.json({ error: 'too large' }, { status: 413 });
  const { secret } = await runtime.identity();
  const outcome = await readMailEvents(
    { clock: runtime.clock, sns },
    provider,
    { header: (header) => request.headers.get(header), body },
    { webhooks: runtime.config.mail.webhooks, secret },
  );
  if (outcome.kind !== 'read') {
    return Response.json({ error: outcome.kind }, { status: REFUSALS[outcome.kind] });
  }
  return Response.json(await recordMailEvents(runtime, outcome.events));
}
