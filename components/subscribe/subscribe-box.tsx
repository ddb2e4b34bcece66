/** The form at the foot of every page: it needs only an address; `/subscribe` offers the other choices. */
export function SubscribeBox() {
  return (
    <section
      className="mx-auto mb-9 max-w-[38rem] text-ink in-[body:has([data-hides-invitation])]:hidden print:hidden"
      aria-labelledby="subscribe-box-title"
    >
      <h2 id="subscribe-box-title" className="text-[clamp(1.5rem,1.2rem+1.2vw,2.1rem)]/[1.1]">
        Get trending papers in your inbox
      </h2>
      <form
        action="/api/subscribe"
        method="post"
        className="mt-3.5 mb-3 flex flex-wrap justify-center gap-2.5 text-base"
      >
        <input type="hidden" name="trending" value="on" />
        <input type="hidden" name="zone" defaultValue="UTC" data-zone />
        <Honeypot />
        <label className="max-w-96 flex-[1_1_15rem]">
          <span className="sr-only">Your e-mail address</span>
          <input
            type="email"
            className="text-field mt-0"
            name="address"
            required
            maxLength={254}
            autoComplete="email"
            placeholder="you@university.edu"
          />
        </label>
        <button type="submit" className="main-button">
          Subscribe
        </button>
      </form>
      <p className="text-balance text-faded">
        Every day at 07:00; unsubscribe at any time. <a href="/subscribe">Choose topics, days and hour</a> or{' '}
        <a href="/issues">read past issues</a>.
      </p>
      <script src="/subscribe.js" defer />
    </section>
  );
}

/** Spam bots fill in every field they find; people neither see this one nor reach it with the keyboard. */
export function Honeypot() {
  return (
    <label className="sr-only" aria-hidden="true">
      Leave this empty
      <input type="text" name="website" tabIndex={-1} autoComplete="off" />
    </label>
  );
}
