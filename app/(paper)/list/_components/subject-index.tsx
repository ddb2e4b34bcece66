import { formatCount } from '#components/ui/number.ts';
import { SectionHeading } from '#components/ui/section-heading.tsx';
import { CATEGORY_GROUPS, type CategoryArchive, parseSubject, subjectCode } from '#lib/papers/category.ts';

type Volume = ReadonlyMap<string, number>;

/** The whole taxonomy as arXiv orders it, and how many papers of each subject are here. */
export function SubjectIndex({ volume }: { volume: Volume }) {
  return CATEGORY_GROUPS.map((group) => (
    <section key={group.id}>
      <SectionHeading>
        <SubjectLink code={`grp_${group.id}`} volume={volume} />
      </SectionHeading>
      <div className="columns-[19rem] gap-x-(--gutter) pt-[0.9rem] [column-rule:1px_solid_var(--color-hairline)]">
        {group.archives.map((archive) => (
          <Archive key={archive.id} archive={archive} isAlone={group.archives.length === 1} volume={volume} />
        ))}
      </div>
    </section>
  ));
}

/** The archive's own name is left out where the group's heading has just said it. */
function Archive(props: { archive: CategoryArchive; isAlone: boolean; volume: Volume }) {
  const { archive, isAlone, volume } = props;
  const isDivided = archive.categories.length > 1;
  return (
    <div className={isAlone ? '' : 'break-inside-avoid-column not-first:mt-[1.2rem]'}>
      {!isAlone && (
        <h3 className="text-[1.15rem]">
          <SubjectLink code={archive.id} volume={volume} />
        </h3>
      )}
      {isDivided && (
        <ul>
          {archive.categories.map((category) => (
            <li key={category.id} className="break-inside-avoid py-[0.16rem] leading-[1.3]">
              <SubjectLink code={category.id} volume={volume} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** No link where it would lead to an empty list. */
function SubjectLink({ code, volume }: { code: string; volume: Volume }) {
  const subject = parseSubject(code);
  if (subject === null) return null;
  const canonical = subjectCode(subject);
  const papers = volume.get(canonical) ?? 0;
  if (papers === 0) return <span className="text-faded">{subject.name}</span>;
  return (
    <>
      <a href={`/list/${canonical}`} className="inline-block no-underline hover:underline">
        {subject.name}
      </a>{' '}
      <span className="text-[0.86em] text-faded tabular-nums">{formatCount(papers)}</span>
    </>
  );
}
