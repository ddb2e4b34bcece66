import type { ReactNode } from 'react';
import { formatDay } from '#components/edition/dateline.ts';
import { LIST_NAME } from '#components/paper/list-name.ts';
import { categoryName, parseSubject } from '#lib/papers/category.ts';
import { toDay } from '#lib/papers/day.ts';
import type { Listing } from '#lib/papers/paper.ts';
import { paperListPath } from '#lib/papers/paper-list.ts';
import type { ListedPaper } from '#lib/papers/store.ts';
import { texToInlineHtml } from '#lib/tex/tex.ts';

/** Further metadata, each fact only where a source states it. */
export function Particulars({ paper }: { paper: ListedPaper }) {
  return (
    <>
      <section>
        <h2 className="border-t border-rule pt-1.5 text-[1.2rem] leading-[1.4]">Details</h2>
        <dl className="*:border-b *:border-hairline *:py-[0.42rem]">
          <Fact name={paper.registry === 'arxiv' ? 'arXiv identifier' : 'DOI'}>{paper.identifier}</Fact>
          <Fact name="Submitted">{paper.submittedAt && <Day instant={paper.submittedAt} />}</Fact>
          <Fact name="Newest version">{paper.updatedAt && <Day instant={paper.updatedAt} />}</Fact>
          <Fact name="Categories">
            {paper.categories.length > 0 && <Categories codes={paper.categories} />}
          </Fact>
          <Fact name="Keywords">{paper.keywords.length > 0 && paper.keywords.join(', ')}</Fact>
          <Fact name="Comment">
            {paper.comment && <span dangerouslySetInnerHTML={{ __html: texToInlineHtml(paper.comment) }} />}
          </Fact>
          <Fact name="Journal reference">{paper.journalReference}</Fact>
          <Fact name="Licence">{paper.license && <Licence url={paper.license} />}</Fact>
        </dl>
      </section>
      {paper.versions.length > 1 && (
        <section>
          <h2 className="border-t border-rule pt-1.5 text-[1.2rem] leading-[1.4]">Versions</h2>
          <ol className="*:border-b *:border-hairline *:py-[0.42rem]">
            {paper.versions.map(({ version, submittedAt }) => (
              <li key={version}>
                v{version} <Day instant={submittedAt} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {paper.listings.length > 0 && (
        <section>
          <h2 className="border-t border-rule pt-1.5 text-[1.2rem] leading-[1.4]">Listed in</h2>
          <ol className="*:border-b *:border-hairline *:py-[0.42rem]">
            {paper.listings.map((listing) => (
              <li key={`${listing.listedOn} ${listing.list}`}>
                <a href={`/date/${listing.listedOn}`}>{formatDay(listing.listedOn)}</a>{' '}
                {circumstances(listing)}
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div>
      <dt className="text-[0.82rem] text-faded">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Day({ instant }: { instant: Date }) {
  return <time dateTime={toDay(instant)}>{formatDay(toDay(instant))}</time>;
}

function Licence({ url }: { url: string }) {
  return /^https?:\/\//i.test(url) ? <a href={url}>{licenceName(url)}</a> : url;
}

/** Codes that arXiv does not know lead nowhere. */
function Categories({ codes }: { codes: readonly string[] }) {
  return (
    <ul>
      {codes.map((code) => {
        const subject = parseSubject(code);
        return (
          <li key={code}>
            {subject === null ? (
              code
            ) : (
              <a href={paperListPath({ kind: 'subject', subject, day: null })}>
                {categoryName(code) ?? subject.name} ({code})
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function circumstances({ list, kind, submittedBy, isEstimated }: Listing): string {
  const how = kind === 'new' ? '' : `, ${kind}`;
  const who = submittedBy === null ? '' : `, submitted by ${submittedBy}`;
  const doubt = isEstimated ? ' (date estimated from the submission date)' : '';
  return `${LIST_NAME[list]}${how}${who}${doubt}`;
}

/** Licences in words, by their addresses. */

/** Creative Commons' parts of a licence (https://creativecommons.org/share-your-work/cclicenses/). */
const CONDITION: Record<string, string> = {
  by: 'Attribution',
  nc: 'NonCommercial',
  nd: 'NoDerivatives',
  sa: 'ShareAlike',
};
const CREATIVE_COMMONS = /creativecommons\.org\/(licenses|publicdomain)\/([a-z-]+)\/([\d.]+)/;
/** https://info.arxiv.org/help/license */
const ARXIV = /arxiv\.org\/licenses\/(nonexclusive-distrib|assumed-1991-2003)/;

/** `Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0)`; the address itself, shortened, for one we do not know. */
export function licenceName(url: string): string {
  const [, shelf, kind, version] = CREATIVE_COMMONS.exec(url) ?? [];
  if (shelf === 'publicdomain') return kind === 'zero' ? `Public domain (CC0 ${version})` : 'Public domain';
  if (kind?.split('-').every((part) => part in CONDITION)) {
    const conditions = kind.split('-').map((part) => CONDITION[part]);
    return `Creative Commons ${conditions.join('-')} ${version} (CC ${kind.toUpperCase()} ${version})`;
  }
  const [, arxiv] = ARXIV.exec(url) ?? [];
  if (arxiv === 'nonexclusive-distrib')
    return 'arXiv’s own: it may distribute the paper, nothing more is granted';
  if (arxiv !== undefined) return 'arXiv’s own, assumed for papers of 1991 to 2003';
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}
