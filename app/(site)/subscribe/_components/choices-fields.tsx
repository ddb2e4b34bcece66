import { CATEGORY_GROUPS } from '#lib/papers/category.ts';
import { CADENCES, type Cadence } from '#lib/subscriptions/schedule.ts';
import { type Choices, PAPERS_MAX, WEEKDAYS } from '#lib/subscriptions/subscription.ts';
import { ZONE_GROUPS } from './zones.ts';

const CADENCE_WORDS: Record<Cadence, string> = {
  daily: 'Every day',
  weekdays: 'Monday to Friday',
  weekly: 'Once a week',
};

/** Lines that are empty, to write another query into. */
const EMPTY_LINES = 2;

/** All that a subscriber chooses. `name` tells several of these on one page apart. `isZoneChosen`: leave it as it is. */
export function ChoicesFields(props: { choices: Choices; name: string; isZoneChosen: boolean }) {
  return (
    <>
      <TopicFields {...props} />
      <ScheduleFields {...props} />
      <SizeFields {...props} />
    </>
  );
}

function TopicFields({ choices, name }: { choices: Choices; name: string }) {
  const lines = [...choices.queries, ...Array(EMPTY_LINES).fill('')].map((query, line) => ({ query, line }));
  return (
    <fieldset>
      <legend>What it is about</legend>
      <label className="check">
        <input type="checkbox" name="trending" defaultChecked={choices.hasTrending} />
        Trending papers, of every field
      </label>
      <label className="field">
        Categories of arXiv
        <input
          type="text"
          name="category"
          list={`${name}-categories`}
          defaultValue={choices.categories.join(', ')}
          placeholder="cs.CL, stat.ML"
          aria-describedby={`${name}-categories-help`}
        />
      </label>
      <p className="help" id={`${name}-categories-help`}>
        As many as you like, with commas between.
      </p>
      <datalist id={`${name}-categories`}>
        {CATEGORY_GROUPS.flatMap(({ archives }) =>
          archives.flatMap(({ categories }) =>
            categories.map((category) => (
              <option key={category.id} value={category.id}>
                {category.name}
              </option>
            )),
          ),
        )}
      </datalist>
      {lines.map(({ query, line }) => (
        <label className="field" key={line}>
          {line === 0 ? 'Anything you can search for' : <span className="sr-only">Another query</span>}
          <input
            type="search"
            name="q"
            defaultValue={query}
            placeholder={PLACEHOLDERS[line % PLACEHOLDERS.length]}
          />
        </label>
      ))}
      <label className="field">
        Leave out papers with these words
        <input
          type="text"
          name="mute"
          defaultValue={choices.mutedWords.join(', ')}
          placeholder="survey, federated learning"
        />
      </label>
    </fieldset>
  );
}

const PLACEHOLDERS = ['"diffusion models" au:ho', 'protein folding has:code', 'cat:math.AG ti:moduli'];

function ScheduleFields({ choices, isZoneChosen }: { choices: Choices; isZoneChosen: boolean }) {
  const { cadence, weekday, hour, zone } = choices;
  const isListed = ZONE_GROUPS.some(({ zones }) => zones.includes(zone));
  return (
    <fieldset className="schedule">
      <legend>When it comes</legend>
      {CADENCES.map((one) => (
        <label className="check" key={one}>
          <input type="radio" name="cadence" value={one} defaultChecked={one === cadence} />
          {CADENCE_WORDS[one]}
        </label>
      ))}
      <label className="field weekday">
        On
        <select name="weekday" defaultValue={String(weekday ?? 1)}>
          {WEEKDAYS.map((day, index) => (
            <option key={day} value={index + 1}>
              {day}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        At
        <select name="hour" defaultValue={String(hour)}>
          {Array.from({ length: 24 }, (_, one) => `${String(one).padStart(2, '0')}:00`).map((words, one) => (
            <option key={words} value={one}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        By the clocks of
        <select name="zone" defaultValue={zone} data-zone={isZoneChosen ? 'chosen' : ''}>
          {!isListed && <option value={zone}>{zone}</option>}
          {ZONE_GROUPS.map(({ region, zones }) => (
            <optgroup key={region} label={region}>
              {zones.map((one) => (
                <option key={one} value={one}>
                  {one.slice(one.indexOf('/') + 1).replaceAll('_', ' ')}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
    </fieldset>
  );
}

function SizeFields({ choices }: { choices: Choices }) {
  return (
    <fieldset>
      <legend>How much it brings</legend>
      <label className="field">
        Papers in an issue, at most
        <input
          type="number"
          name="max"
          min={PAPERS_MAX.least}
          max={PAPERS_MAX.most}
          defaultValue={choices.papersMax}
          required
        />
      </label>
      <label className="check">
        <input type="checkbox" name="empty" defaultChecked={choices.sendWhenEmpty} />
        On a day without papers, write and say why
      </label>
    </fieldset>
  );
}
