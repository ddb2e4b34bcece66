import { Notice } from '#components/edition/notice.tsx';
import { absUrl } from '#lib/papers/arxiv-id.ts';
import { doiUrl } from '#lib/papers/doi.ts';
import type { PaperAddress } from '../paper-address.ts';

/** For an identifier we have no paper of, and for what is no identifier at all (`address` is null). */
export function UnknownPaper({ address }: { address: PaperAddress | null }) {
  if (address === null) {
    return (
      <Notice kicker="404" title="This is not a paper identifier">
        <p>
          Papers are addressed by their arXiv identifier, as in <code>/papers/1706.03762</code> or{' '}
          <code>/papers/hep-th/9901001</code>, or by their DOI, as in <code>/papers/doi:10.1000/182</code>.
        </p>
        <p>
          Go to <a href="/">the newest edition</a>.
        </p>
      </Notice>
    );
  }
  const { registry, identifier } = address;
  const elsewhere = registry === 'arxiv' ? absUrl(identifier) : doiUrl(identifier);
  return (
    <Notice kicker="404" title="We do not have this paper">
      <p>
        {identifier} is on none of the lists we follow. Look for it at{' '}
        <a href={elsewhere}>{registry === 'arxiv' ? 'arXiv' : 'its publisher'}</a>.
      </p>
      <p>
        Go to <a href="/">the newest edition</a>.
      </p>
    </Notice>
  );
}
