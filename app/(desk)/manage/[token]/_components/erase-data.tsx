export function EraseData({ action }: { action: string }) {
  return (
    <section>
      <h2 className="ruled-heading">Your data</h2>
      <p>
        <a href={`${action}/export`}>Download all your data</a> as one file: your subscriptions, the issues
        sent to you, and delivery failures.
      </p>
      <details>
        <summary className="inline-block py-1 underline decoration-accent underline-offset-[0.2em]">
          Erase all my data
        </summary>
        <form action={action} method="post">
          <p>
            Your address, subscriptions and past issues are deleted at once and cannot be restored. Only a
            note that we must not write to your mailbox is kept, if there is one.
          </p>
          <label className="check">
            <input type="checkbox" name="sure" required />
            Yes, erase all my data
          </label>
          <button type="submit" className="text-button" name="act" value="erase">
            Erase
          </button>
        </form>
      </details>
    </section>
  );
}
