/** The browser's own calendar in a plain form: `/date?day=…` leads on to the day's page. */
export function DayPicker({ day, newest }: { day?: string; newest?: string | null }) {
  return (
    <form className="day-picker" action="/date" method="get">
      <label>
        <span>Edition of</span>
        <input
          type="date"
          name="day"
          defaultValue={day}
          min="1991-08-14"
          max={newest ?? undefined}
          required
        />
      </label>
      <button type="submit">Go</button>
    </form>
  );
}
