/** Whether this instance can do its work, for load balancers, monitors and people. */

/** How keyword search ranks: by the BM25 extension, or on a Postgres without it by Postgres alone. */
export type SearchKind = 'pg_textsearch' | 'plain';

export type Health =
  | { readonly status: 'unready'; readonly database: 'unreachable' }
  | {
      /** `ready` when the database has every migration this program was built with. */
      readonly status: 'ready' | 'unready';
      readonly database: 'reachable';
      /** Oldest first. */
      readonly pendingMigrations: readonly string[];
      /** `YYYY-MM-DD`; null when there are no papers, which is no fault. */
      readonly newestEdition: string | null;
      readonly search: SearchKind;
    };
