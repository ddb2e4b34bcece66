/** How every statement of a search ends. */
import type { Bind } from './condition.ts';
import { FOUND_MAX, type SearchInput } from './search-input.ts';

/** The page after the cursor, the total and the facets, of the CTEs `found` (paper_key, traits) and `ranked` (paper_key, value). */
export function pageOfFound(
  { cursor, limit }: SearchInput,
  bind: Bind,
  { total = '(SELECT count(*) FROM found)', scanned }: { total?: string | undefined; scanned: string },
): string {
  const after =
    cursor === null
      ? ''
      : `WHERE (value, paper_key) < (${bind(cursor.value)}::float8, ${bind(cursor.key)}::int)`;
  return `, page AS (
      SELECT paper_key AS key, value FROM ranked ${after}
      ORDER BY value DESC, paper_key DESC LIMIT ${bind(limit + 1)}::int
    )
    SELECT (${total})::int AS total, (${scanned})::int AS scanned,
      (SELECT coalesce(json_agg(page ORDER BY value DESC, key DESC), '[]') FROM page) AS page,
      (SELECT coalesce(string_agg(array_to_string(traits, E'\\n'), E'\\n'), '')
       FROM (SELECT traits FROM found LIMIT ${FOUND_MAX}) AS counted) AS facets`;
}
