-- AlterTable
ALTER TABLE "search_term" ADD COLUMN     "lead" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "written" TEXT;

-- What is known so far, until papers say how it is written.
UPDATE "search_term" SET "written" = "word";

-- Beside texts that are kept apart (the row's target is 128 bytes) the traits were moved out, too: each of a thousand
-- papers' was looked up to count facets. What is there moves in when its row is next written.
ALTER TABLE "search_document" ALTER COLUMN "traits" SET STORAGE MAIN;

-- As before (the migration of the function says why it is one), of as many as are asked for, and without the texts: copied
-- out of the function they took as long as the index, and are looked into for a hundred papers of a thousand. The number
-- stands in the statement, because pg_textsearch stops early only where the planner knows it.
DROP FUNCTION search_best(text);
CREATE FUNCTION search_best(query text, most int)
  RETURNS TABLE (paper_key int, base double precision, length int, dated_on date, traits text[])
  LANGUAGE plpgsql STABLE ROWS 1001 AS $$
BEGIN
  RETURN QUERY EXECUTE format($search$
    SELECT paper_key, -bm25_get_current_score(), length, dated_on, traits
    FROM search_document
    ORDER BY (split_part(words, '|', 1) || split_part(words, '|', 1) || split_part(words, '|', 2) || split_part(words, '|', 3))
      <@> to_bm25query($1, 'search_document_bm25')
    LIMIT %s $search$, most) USING query;
END
$$;
