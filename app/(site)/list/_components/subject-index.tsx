import { formatCount } from '#components/ui/number.ts';
import { CATEGORY_GROUPS, type CategoryArchive, parseSubject, subjectCode } from '#lib/papers/category.ts';

type Volume = ReadonlyMap<string, number>;

/** The whole taxonomy as arXiv orders it, and how many papers of each subject are here. */
export function SubjectIndex({ volume }: { volume: Volume }) {
  return CATEGORY_GROUPS.map((group) => (
    <section key={group.id}>
      <h2 className="section-heading">
        <SubjectLink code={`grp_${group.id}`} volume={volume} />
      </h2>
      <div className="archives">
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
    <div className={isAlone ? 'archive alone' : 'archive'}>
      {!isAlone && (
        <h3>
          <SubjectLink code={archive.id} volume={volume} />
        </h3>
      )}
      {isDivided && (
        <ul>
          {archive.categories.map((category) => (
            <li key={category.id}>
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
  if (papers === 0) return <span className="empty">{subject.name}</span>;
  return (
    <>
      <a href={`/list/${canonical}`}>{subject.name}</a> <span className="count">{formatCount(papers)}</span>
    </>
  );
}
