/** Requests that a form of ours makes: where they come from, what they hold, who sends them. */

/** More than the largest of our forms. */
const BODY_BYTES_MAX = 64 * 1024;

/** Null where the body is no form, or larger than any of ours. */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX) return null;
  try {
    const fields = new URLSearchParams();
    for (const [name, value] of await request.formData()) {
      if (typeof value === 'string') fields.append(name, value);
    }
    return fields;
  } catch {
    return null;
  }
}

/**
 * Whether the request was made by a page of ours. Browsers say where a POST comes from (Fetch Metadata; Origin in older
 * ones); what says nothing is no browser, and has no reader's rights that could be misused.
 */
export function isOurs(request: Request, baseUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  // A page that hides its address also hides its origin (`null`), and only this header still knows.
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  if (origin === null) return true;
  const host = request.headers.get('host');
  return origin === new URL(baseUrl).origin || URL.parse(origin)?.host === host;
}

/** The nearest hop's word for who asks: a proxy appends it to what it was told, the server sets it where nobody did. */
export function ipOf(request: Request): string {
  const hops = (request.headers.get('x-forwarded-for') ?? '').split(',');
  return hops.at(-1)?.trim() || 'unknown';
}

export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path, 'Cache-Control': 'no-store' } });
}
