/** The invitation at the foot of every page: an address is all it takes; what else there is to choose is a page. */
export function SubscribeBox() {
  return (
    <section className="subscribe-box" aria-labelledby="subscribe-box-title">
      <h2 id="subscribe-box-title">Get trending papers in your inbox</h2>
      <form action="/api/subscribe" method="post">
        <input type="hidden" name="trending" value="on" />
        <input type="hidden" name="zone" defaultValue="UTC" data-zone />
        <Honeypot />
        <label>
          <span className="sr-only">Your e-mail address</span>
          <input
            type="email"
            name="address"
            required
            maxLength={254}
            autoComplete="email"
            placeholder="you@university.edu"
          />
        </label>
        <button type="submit">Subscribe</button>
      </form>
      <p>
        Every day at seven, until you say otherwise. <a href="/subscribe">Choose topics, days and hour</a> or{' '}
        <a href="/issues">read past issues</a>.
      </p>
      <script src="/subscribe.js" defer />
    </section>
  );
}

/** Programs fill in every field they find; people neither see this one nor reach it with the keyboard. */
export function Honeypot() {
  return (
    <label className="honeypot" aria-hidden="true">
      Leave this empty
      <input type="text" name="website" tabIndex={-1} autoComplete="off" />
    </label>
  );
}
