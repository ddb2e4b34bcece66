import type { Metadata } from 'next';
import { getBaseUrl } from '#app/_data/site.ts';
import { describePage } from '#app/metadata.ts';

export function generateMetadata(): Metadata {
  return describePage({
    baseUrl: getBaseUrl(),
    path: '/about/api',
    title: 'For programs',
    description: 'How programs search here: addresses, answers, limits and what goes wrong.',
    type: 'article',
  });
}

export default function AboutApiPage() {
  const base = getBaseUrl();
  return (
    <div className="prose mx-auto max-w-[46rem] pt-[clamp(1.2rem,3vw,2.2rem)] pb-8">
      <h1 className="text-banner">For programs</h1>
      <p className="standfirst mt-3 mb-3.5">
        All that is on this site can be had by programs, without a key. Described for machines:{' '}
        <a href="/api/v1/openapi.json">OpenAPI</a>.
      </p>
      <section>
        <h2>Searching</h2>
        <pre>
          <code>{`curl '${base}/api/v1/search?q=sparse+attention+cat:cs.CL&limit=5'`}</code>
        </pre>
        <p>
          <code>q</code> is <a href="/about/search">a query as on the page</a>, <code>limit</code> is from 1
          to 100, <code>sort</code> is relevance, new, trending or upvotes. The answer holds papers, their
          matches as marked pieces of text, the total, facets, the normal form of the query, remarks on how it
          was read, and links. To turn the page, follow <code>links.next</code> while there is one.
        </p>
        <p>
          <code>/api/v1/suggest?q=</code> gives what somebody who has typed so far may be about to ask. The
          same queries are feeds, too: <code>/feeds/search.atom?q=</code>, <code>.rss</code> and{' '}
          <code>.json</code>. A paper’s page has BibTeX, RIS, CSL-JSON and Markdown at its address with the
          ending <code>.bib</code>, <code>.ris</code>, <code>.json</code> and <code>.md</code>.
        </p>
      </section>
      <section>
        <h2>Manners</h2>
        <p>
          Answers have an <code>ETag</code>: with <code>If-None-Match</code> an unchanged one is a 304.
          Scripts of other sites may read them. <code>RateLimit-Policy</code> and <code>RateLimit</code> say
          how many requests a client may make in how many seconds, how many are left, and when there will be
          all again.
        </p>
      </section>
      <section>
        <h2>When something is wrong</h2>
        <p>
          Errors are problem details (RFC 9457), <code>application/problem+json</code>, with one of these
          types:
        </p>
        <dl>
          <dt id="invalid-parameter">
            <code>invalid-parameter</code>, 400
          </dt>
          <dd>
            <code>parameter</code> names it, and <code>detail</code> says what it should be.
          </dd>
          <dt id="too-many-requests">
            <code>too-many-requests</code>, 429
          </dt>
          <dd>
            <code>Retry-After</code> says in how many seconds there will be answers again.
          </dd>
          <dt id="failure">
            <code>failure</code>, 500
          </dt>
          <dd>It is our fault, and has been noted.</dd>
        </dl>
      </section>
    </div>
  );
}
