import { isAuthorized } from '#app/api/_http/authorization.ts';
import { PAPERS_CHANGED } from '#app/api/_http/papers-changed.ts';
import { runtime } from '#lib/runtime.ts';

/** Called after an ingest: every kept page is void, and the next request for it waits for a fresh one. */
export function POST(request: Request): Response {
  const { instanceSecret, cronSecret } = runtime.config;
  if (!isAuthorized(request, [instanceSecret, cronSecret])) {
    return Response.json(
      { error: 'unauthorized' },
      { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } },
    );
  }
  return new Response(null, { status: 204, headers: PAPERS_CHANGED });
}
