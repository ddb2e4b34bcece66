/** What is searched of a paper besides its words, as SQL over `paper` and the row `given` of its words. */

export const DATED_ON = `coalesce(
  (paper.submitted_at AT TIME ZONE 'UTC')::date,
  (SELECT min(listed_on) FROM listing WHERE listing.paper_key = paper.key),
  (paper.updated_at AT TIME ZONE 'UTC')::date,
  DATE '0001-01-01')`;

/** Expects the paper's lexemes as `given.lexemes`: archives and groups of its categories are among them. */
export const TRAITS = `ARRAY(
  SELECT lexeme FROM unnest(tsvector_to_array(given.lexemes)) AS lexeme WHERE lexeme LIKE 'g/%'
  UNION ALL SELECT 'y/' || extract(year FROM ${DATED_ON}) WHERE ${DATED_ON} > DATE '0001-01-01'
  UNION SELECT 'l/' || list FROM listing WHERE listing.paper_key = paper.key
  UNION SELECT CASE kind WHEN 'repository' THEN 'has/code' ELSE 'has/project' END
    FROM paper_link WHERE paper_link.paper_key = paper.key
  UNION ALL SELECT 'has/doi' WHERE paper.doi IS NOT NULL
  UNION ALL SELECT 'has/journal' WHERE paper.journal_reference IS NOT NULL
  UNION ALL SELECT 'has/comment' WHERE paper.comment IS NOT NULL)`;

/** The inbox with the columns of `search_document`; dates and facts are looked up where they are asked for. */
export const WAITING_DOCUMENTS = `(
  SELECT given.*, ${DATED_ON} AS dated_on, ${TRAITS} AS traits
  FROM search_inbox AS given JOIN paper ON paper.key = given.paper_key)`;
