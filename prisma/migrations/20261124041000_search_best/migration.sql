-- The best of the BM25 index, with the score of the index scan. A query of its own, because pg_textsearch (1.5) takes the
-- score from the scan only where it is the outermost query; inside another the planner leaves the operator in the list of
-- columns, and each paper's score is reckoned anew from its text: 300 ms for a thousand papers in place of 10.
-- Without the extension the function is there and nobody calls it: its body is looked at when it runs.
CREATE FUNCTION search_best(query text)
  RETURNS TABLE (paper_key int, base double precision, length int, dated_on date, traits text[], words text, lexemes tsvector)
  LANGUAGE plpgsql STABLE ROWS 1001 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT document.paper_key, -bm25_get_current_score(), document.length, document.dated_on, document.traits,
      document.words, document.lexemes
    FROM search_document AS document
    ORDER BY (split_part(document.words, '|', 1) || split_part(document.words, '|', 1)
      || split_part(document.words, '|', 2) || split_part(document.words, '|', 3))
      <@> to_bm25query(query, 'search_document_bm25')
    LIMIT 1001;
END
$$;
