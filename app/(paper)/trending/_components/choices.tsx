import { categoryName } from '#lib/papers/category.ts';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';
import { type TrendingChoice, trendingHref } from '../trending-address.ts';
import { WINDOW_WORDS } from './window-words.ts';

/** Links to the periods. */
export function Windows({ choice }: { choice: TrendingChoice }) {
  return (
    <nav aria-label="Period">
      <ul className="flex flex-wrap gap-x-5">
        {TRENDING_WINDOWS.map((window) => (
          <Choice
            key={window}
            to={{ ...choice, window }}
            isChosen={window === choice.window}
            word={WINDOW_WORDS[window].link}
          />
        ))}
      </ul>
    </nav>
  );
}

/** Filters of the list. The chosen category stays among them, even if no paper of it is trending. */
export function Filters({ choice, categories }: { choice: TrendingChoice; categories: readonly string[] }) {
  const offered = [...new Set([...(choice.category === null ? [] : [choice.category]), ...categories])];
  return (
    <nav className="border-y border-rule py-1 text-[0.88rem]" aria-label="Filter the list">
      <ul className="flex gap-x-5 *:last:ms-auto max-sm:overflow-x-auto max-sm:whitespace-nowrap sm:flex-wrap">
        <Choice to={{ ...choice, category: null }} isChosen={choice.category === null} word="All fields" />
        {offered.map((category) => (
          <Choice
            key={category}
            to={{ ...choice, category }}
            isChosen={category === choice.category}
            word={categoryName(category) ?? category}
          />
        ))}
        <Choice
          to={{ ...choice, hasCode: !choice.hasCode }}
          isChosen={choice.hasCode}
          word={choice.hasCode ? 'With code ×' : 'With code'}
          label={choice.hasCode ? 'With code: show all again' : 'Only papers with code'}
        />
      </ul>
    </nav>
  );
}

function Choice(props: { to: TrendingChoice; isChosen: boolean; word: string; label?: string }) {
  return (
    <li>
      <a
        className="choice"
        href={trendingHref(props.to)}
        {...(props.isChosen && { 'aria-current': 'true' as const })}
        {...(props.label !== undefined && { 'aria-label': props.label })}
      >
        {props.word}
      </a>
    </li>
  );
}
