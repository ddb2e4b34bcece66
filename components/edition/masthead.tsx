import { LIST_NAME } from '#components/paper/list-name.ts';
import { SearchBox } from '#components/search/search-box.tsx';
import { countOf } from '#components/ui/number.ts';
import type { ListName } from '#lib/papers/paper.ts';
import { editionNumber } from './dateline.ts';
import { DayPicker } from './day-picker.tsx';
import { Sections } from './sections.tsx';

/** The head of a front page. */
export function Masthead(props: {
  day: string;
  newest: string | null;
  papers: number;
  lists: readonly ListName[];
}) {
  const { volume, number } = editionNumber(props.day);
  return (
    <header id="head" className="masthead">
      <div className="ears">
        <p>
          Vol. {volume}, No. {number}
        </p>
        <p className="ear-middle">{props.lists.map((list) => LIST_NAME[list]).join(' and ')}</p>
        <SearchBox className="flex-[0_1_15rem]" />
        <DayPicker day={props.day} newest={props.newest} />
      </div>
      <p className="nameplate">
        <a href="/">Paperboy</a>
      </p>
      <p className="motto">
        A daily paper of research <span aria-hidden="true">·</span> {countOf(props.papers, 'paper', 'papers')}
      </p>
      <Sections />
    </header>
  );
}

/** The head of every other page: the nameplate small, and the way back to the news. */
export function RunningHead({ hasSearch = true }: { hasSearch?: boolean }) {
  return (
    <header id="head" className="running-head">
      <p className="nameplate">
        <a href="/">Paperboy</a>
      </p>
      <Sections />
      {hasSearch && <SearchBox className="ms-auto max-w-60 flex-[1_1_9rem]" />}
      <DayPicker />
    </header>
  );
}
