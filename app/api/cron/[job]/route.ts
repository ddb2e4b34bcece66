import { isAuthorized } from '#app/api/_http/authorization.ts';
import { runNamedJob } from '#app/api/cron/run-named-job.ts';
import { runtime } from '#lib/runtime.ts';

type Context = { params: Promise<{ job: string }> };

/** The longest a run may take where the platform asks (Vercel's limit; elsewhere the job's own deadline counts). */
export const maxDuration = 300;

/** Runs the job's newest slot, if nobody has: for any scheduler that can send a request with a header. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { cronSecret, instanceSecret } = runtime.config;
  if (cronSecret === null && instanceSecret === null) {
    return Response.json({ error: 'CRON_SECRET is not set' }, { status: 503 });
  }
  if (!isAuthorized(request, [cronSecret, instanceSecret])) {
    return Response.json(
      { error: 'unauthorized' },
      { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } },
    );
  }
  return runNamedJob(runtime, (await params).job, request.signal);
}

/** Some schedulers only send GET. */
export const GET = POST;
