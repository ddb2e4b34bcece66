import { Notice } from '#components/edition/notice.tsx';
import { absUrl } from '#lib/papers/arxiv-id.ts';
import type { PaperAddress } from '../paper-address.ts';

/** For an identifier we have no paper of, and for what is no identifier at all (`address` is null). */
export function UnknownPaper({ address }: { address: PaperAddress | null }) {
  if (address === null) {
    return (
      <Notice kicker="404" title="That is no paper’s identifier">
        <p>
          Papers are found by their arXiv identifier, as in <code>/papers/1706.03762</code> or{' '}
          <code>/papers/hep-th/9901001</code>, or by their DOI, as in <code>/papers/doi:10.1000/182</code>.
        </p>
        <p>
          <a href="/">The newest edition</a> is here.
        </p>
      </Notice>
    );
  }
  const { archive, identifier } = address;
  const elsewhere = archive === 'arxiv' ? absUrl(identifier) : `https://doi.org/${encodeURI(identifier)}`;
  return (
    <Notice kicker="404" title="We do not have this paper">
      <p>
        None of the lists we follow has named {identifier}. It may be found at{' '}
        <a href={elsewhere}>{archive === 'arxiv' ? 'arXiv' : 'its publisher'}</a>.
      </p>
      <p>
        <a href="/">The newest edition</a> is here.
      </p>
    </Notice>
  );
}
