import { categoryName } from '#lib/papers/category.ts';
import { TRENDING_WINDOWS } from '#lib/papers/paper-list.ts';
import { type TrendingChoice, trendingHref } from '../trending-address.ts';
import { WINDOW_WORDS } from './window-words.ts';

/** The periods, as parts of one heading. */
export function Windows({ choice }: { choice: TrendingChoice }) {
  return (
    <nav className="choices" aria-label="Period">
      <ul>
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

/** What the list can be narrowed to. A category that is chosen stays among them, whatever else is rising. */
export function Filters({ choice, categories }: { choice: TrendingChoice; categories: readonly string[] }) {
  const offered = [...new Set([...(choice.category === null ? [] : [choice.category]), ...categories])];
  return (
    <nav className="choices filters" aria-label="Narrow the list">
      <ul>
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
        href={trendingHref(props.to)}
        {...(props.isChosen && { 'aria-current': 'true' as const })}
        {...(props.label !== undefined && { 'aria-label': props.label })}
      >
        {props.word}
      </a>
    </li>
  );
}
