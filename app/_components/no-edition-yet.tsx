import { Notice } from '#components/edition/notice.tsx';

/** The home page of an instance that has no papers, for the person who has just set it up. */
export function NoEditionYet() {
  return (
    <Notice title="No paper has come out yet">
      <p>
        The database is empty. Bring in the papers of the day, in the folder where Paperboy is installed, with
      </p>
      <pre>
        <code>npm run paperboy -- ingest huggingface</code>
      </pre>
      <p>and this page shows them at once. To see what else there is, and what may be wrong:</p>
      <pre>
        <code>{'npm run paperboy -- --help\nnpm run paperboy -- doctor'}</code>
      </pre>
    </Notice>
  );
}
