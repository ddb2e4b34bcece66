import { getSampleMail } from '#app/_data/sample-mails.ts';
import { toMailResponse } from '#app/(desk)/outbox/mail-response.ts';

type Context = { params: Promise<{ mail: string }> };

const PREFERS_DARK = '(prefers-color-scheme:dark)';

/** The HTML part, in light colours or, with `?theme=dark`, in dark ones, whatever the browser's own are. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const mail = await getSampleMail((await params).mail);
  const isDark = new URL(request.url).searchParams.get('theme') === 'dark';
  return toMailResponse(mail?.html.replaceAll(PREFERS_DARK, isDark ? 'all' : 'not all') ?? null);
}
