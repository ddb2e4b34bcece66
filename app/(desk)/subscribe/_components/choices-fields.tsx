import { CATEGORY_GROUPS } from '#lib/papers/category.ts';
import { CADENCES, type Cadence } from '#lib/subscriptions/schedule.ts';
import { type Choices, PAPERS_MAX, WEEKDAYS } from '#lib/subscriptions/subscription.ts';
import { listZones } from '#lib/subscriptions/zone.ts';

const CADENCE_WORDS: Record<Cadence, string> = {
  daily: 'Every day',
  weekdays: 'Monday to Friday',
  weekly: 'Once a week',
};

const GROUP = 'mt-6 border-t border-hairline pt-3';
const LEGEND = 'float-left mb-1.5 w-full font-display text-[1.2rem] [&+*]:clear-both';

/** Empty lines for further queries. */
const EMPTY_LINES = 2;

/** All that a subscriber chooses. `name` must be unique on the page. `isZoneChosen`: do not replace it by the browser's. */
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
    <fieldset className={GROUP}>
      <legend className={LEGEND}>Topics</legend>
      <label className="check">
        <input type="checkbox" name="trending" defaultChecked={choices.hasTrending} />
        Trending papers of all fields
      </label>
      <label className="field">
        arXiv categories
        <input
          type="text"
          className="text-field"
          name="category"
          list={`${name}-categories`}
          defaultValue={choices.categories.join(', ')}
          placeholder="cs.CL, stat.ML"
          aria-describedby={`${name}-categories-help`}
        />
      </label>
      <p className="mt-1 text-small text-faded" id={`${name}-categories-help`}>
        Separate several with commas.
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
          {line === 0 ? 'Search queries' : <span className="sr-only">Another query</span>}
          <input
            type="search"
            className="text-field"
            name="q"
            defaultValue={query}
            placeholder={PLACEHOLDERS[line % PLACEHOLDERS.length]}
          />
        </label>
      ))}
      <label className="field">
        Exclude papers with these words
        <input
          type="text"
          className="text-field"
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
    <fieldset className={`group ${GROUP}`}>
      <legend className={LEGEND}>Schedule</legend>
      {CADENCES.map((one) => (
        <label className="check" key={one}>
          <input type="radio" name="cadence" value={one} defaultChecked={one === cadence} />
          {CADENCE_WORDS[one]}
        </label>
      ))}
      <label className="field hidden group-has-[[value=weekly]:checked]:block">
        On
        <select className="text-field" name="weekday" defaultValue={String(weekday ?? 1)}>
          {WEEKDAYS.map((day, index) => (
            <option key={day} value={index + 1}>
              {day}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        At
        <select className="text-field" name="hour" defaultValue={String(hour)}>
          {Array.from({ length: 24 }, (_, one) => `${String(one).padStart(2, '0')}:00`).map((words, one) => (
            <option key={words} value={one}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        Time zone
        <select
          className="text-field"
          name="zone"
          defaultValue={zone}
          data-zone={isZoneChosen ? 'chosen' : ''}
        >
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
    <fieldset className={GROUP}>
      <legend className={LEGEND}>Length</legend>
      <label className="field">
        Maximum number of papers per issue
        <input
          type="number"
          className="text-field max-w-44"
          name="max"
          min={PAPERS_MAX.least}
          max={PAPERS_MAX.most}
          defaultValue={choices.papersMax}
          required
        />
      </label>
      <label className="check">
        <input type="checkbox" name="empty" defaultChecked={choices.sendWhenEmpty} />
        Send an e-mail even when there are no papers
      </label>
    </fieldset>
  );
}

/** The time zones a reader chooses from, as the tz database groups them. */

type ZoneGroup = { readonly region: string; readonly zones: readonly string[] };

const REGIONS = [
  'Africa',
  'America',
  'Antarctica',
  'Arctic',
  'Asia',
  'Atlantic',
  'Australia',
  'Europe',
  'Indian',
  'Pacific',
];

const ZONE_GROUPS: readonly ZoneGroup[] = [
  { region: 'Everywhere', zones: ['UTC'] },
  ...REGIONS.map((region) => ({
    region,
    zones: listZones().filter((zone) => zone.startsWith(`${region}/`)),
  })),
];
