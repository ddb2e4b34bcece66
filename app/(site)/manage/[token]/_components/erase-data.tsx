export function EraseData({ action }: { action: string }) {
  return (
    <section>
      <h2>Your data</h2>
      <p>
        <a href={`${action}/export`}>Take all of it away</a>, as one file: your subscriptions, what was sent
        and when, and what came back.
      </p>
      <details>
        <summary>Erase all of it</summary>
        <form action={action} method="post">
          <p>
            Your address, subscriptions and past issues are gone at once and for good. Kept is only the note
            that your mailbox must not be written to, if there is one.
          </p>
          <label className="check">
            <input type="checkbox" name="sure" required />
            Yes, erase it
          </label>
          <button type="submit" name="act" value="erase">
            Erase
          </button>
        </form>
      </details>
    </section>
  );
}
