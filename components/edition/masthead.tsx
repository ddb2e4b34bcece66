import { LIST_NAME } from '#components/paper/list-name.ts';
import { countOf } from '#components/ui/number.ts';
import type { ListName } from '#lib/papers/paper.ts';
import { editionNumber } from './dateline.ts';
import { DayPicker } from './day-picker.tsx';

/** The head of a front page. */
export function Masthead(props: {
  day: string;
  newest: string | null;
  papers: number;
  lists: readonly ListName[];
}) {
  const { volume, number } = editionNumber(props.day);
  return (
    <header id="head" className="pt-[0.9rem] text-center">
      <div className="flex flex-wrap items-center justify-center gap-x-6 gap-y-1 text-[0.82rem] text-faded md:justify-between">
        <p>
          Vol. {volume}, No. {number}
        </p>
        <p className="md:flex-1">{props.lists.map((list) => LIST_NAME[list]).join(' and ')}</p>
        <SearchBox className="flex-[0_1_15rem]" />
        <DayPicker day={props.day} newest={props.newest} className="max-md:hidden" />
      </div>
      <Nameplate className="mt-[clamp(0.7rem,1.9vw,1.5rem)] text-[clamp(4rem,15vw,9.5rem)]/[0.86] tracking-[-0.038em] print:text-[48pt]" />
      <p className="mt-[clamp(0.7rem,1.6vw,1.3rem)] mb-[clamp(0.7rem,1.4vw,1.1rem)] font-italic text-[1.05rem] italic">
        A daily paper of research <span aria-hidden="true">·</span> {countOf(props.papers, 'paper', 'papers')}
      </p>
      <Sections className="border-t border-hairline" />
    </header>
  );
}

/** The head of every other page. */
export function RunningHead({ hasSearch = true }: { hasSearch?: boolean }) {
  return (
    <header
      id="head"
      className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b-4 border-double border-rule pt-[0.9rem] pb-[0.6rem]"
    >
      <Nameplate className="text-[2rem]/[1.1] tracking-[-0.03em]" />
      <Sections />
      {hasSearch && <SearchBox className="ms-auto max-w-60 flex-[1_1_9rem]" />}
      <DayPicker className="max-md:hidden" />
    </header>
  );
}

function Nameplate({ className }: { className: string }) {
  return (
    <p className={`font-display font-medium text-balance ${className}`}>
      <a href="/" className="text-inherit no-underline">
        Paperboy
      </a>
    </p>
  );
}

const SECTIONS = [
  ['/', 'Today'],
  ['/week', 'Week'],
  ['/month', 'Month'],
  ['/trending', 'Trending'],
  ['/list', 'Subjects'],
  ['/calendar', 'Calendar'],
] as const;

function Sections({ className = '' }: { className?: string }) {
  return (
    <nav
      className={`flex flex-wrap justify-center gap-x-[clamp(0.65rem,2.6vw,1.5rem)] text-[clamp(0.84rem,0.7rem+0.5vw,0.92rem)] print:hidden ${className}`}
      aria-label="Sections"
    >
      {SECTIONS.map(([href, name]) => (
        <a key={href} href={href} className="py-[0.35rem] no-underline hover:underline">
          {name}
        </a>
      ))}
    </nav>
  );
}

/** Words to search for, in the head of every page. The key `/` leads here (public/reader/keyboard.js). */
function SearchBox({ className }: { className: string }) {
  return (
    <search className={`${className} max-[46rem]:order-1 max-[46rem]:max-w-none max-[46rem]:flex-[1_1_100%]`}>
      <form action="/search" method="get">
        <input
          type="search"
          name="q"
          className="block w-full placeholder:font-italic placeholder:text-faded placeholder:italic placeholder:opacity-100 hover:border-accent focus:border-accent min-h-7 border-b border-hairline text-note"
          data-suggestions
          aria-label="Search papers"
          placeholder="Search papers"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
        />
        <button type="submit" className="sr-only">
          Search
        </button>
      </form>
    </search>
  );
}
