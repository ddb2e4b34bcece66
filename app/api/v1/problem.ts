/** What goes wrong, as programs are told of it: problem details (RFC 9457). */

export type Problem = {
  readonly kind: 'invalid-parameter' | 'too-many-requests' | 'failure';
  /** One sentence on this very request. */
  readonly detail: string;
  /** The parameter at fault. */
  readonly parameter?: string;
};

const KINDS = {
  'invalid-parameter': { status: 400, title: 'A parameter cannot be used' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  failure: { status: 500, title: 'The search failed' },
} as const satisfies Record<Problem['kind'], { status: number; title: string }>;

/** `baseUrl` without a slash at its end: the page about the interface says what each kind means. */
export function answerProblem({ kind, ...members }: Problem, baseUrl: string): Response {
  const { status, title } = KINDS[kind];
  return Response.json(
    { type: `${baseUrl}/about/api#${kind}`, title, status, ...members },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}
