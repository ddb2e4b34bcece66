const FIELD = 'min-h-7 border-b border-hairline text-ink tabular-nums hover:border-accent';

/** The browser's own calendar in a plain form: `/date?day=…` leads on to the day's page. */
export function DayPicker(props: { day?: string; newest?: string | null; className?: string }) {
  const { day, newest, className = '' } = props;
  return (
    // The button has a column of fixed width, so that nothing moves if the page is painted before all of it has arrived.
    <form
      className={`grid grid-cols-[auto_2.4em] items-center gap-2 text-[0.82rem] text-faded print:hidden ${className}`}
      action="/date"
      method="get"
    >
      <label className="flex items-center gap-2">
        <span>Edition of</span>
        <input
          type="date"
          name="day"
          defaultValue={day}
          min="1991-08-14"
          max={newest ?? undefined}
          required
          className={FIELD}
        />
      </label>
      <button type="submit" className={`${FIELD} px-[0.4rem]`}>
        Go
      </button>
    </form>
  );
}
