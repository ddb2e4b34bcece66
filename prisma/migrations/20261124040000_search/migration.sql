-- What is searched of each paper lives beside it, so that the rows of `paper` stay as they are and these stay narrow:
-- the long columns are always out of line and uncompressed (a row is then about 120 bytes, a thousand of them 15 pages),
-- because ranking visits a thousand rows for facts and reads the texts of a hundred.

-- CreateTable
CREATE TABLE "search_document" (
    "paper_key" INTEGER NOT NULL,
    "words" TEXT NOT NULL,
    "lexemes" tsvector NOT NULL,
    "length" INTEGER NOT NULL,
    "dated_on" DATE,
    "traits" TEXT[],

    CONSTRAINT "search_document_pkey" PRIMARY KEY ("paper_key")
);

-- CreateTable
CREATE TABLE "search_inbox" (
    "paper_key" INTEGER NOT NULL,
    "words" TEXT NOT NULL,
    "lexemes" tsvector NOT NULL,
    "length" INTEGER NOT NULL,

    CONSTRAINT "search_inbox_pkey" PRIMARY KEY ("paper_key")
);

-- CreateTable
CREATE TABLE "search_term" (
    "stem" TEXT NOT NULL,
    "papers" INTEGER NOT NULL,
    "word" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "search_term_pkey" PRIMARY KEY ("stem")
);

-- CreateTable
CREATE TABLE "search_total" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "papers" INTEGER NOT NULL,
    "words" BIGINT NOT NULL,

    CONSTRAINT "search_total_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "search_document_dated_on_paper_key_idx" ON "search_document"("dated_on" DESC, "paper_key" DESC);

-- AddForeignKey
ALTER TABLE "search_document" ADD CONSTRAINT "search_document_paper_key_fkey" FOREIGN KEY ("paper_key") REFERENCES "paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_inbox" ADD CONSTRAINT "search_inbox_paper_key_fkey" FOREIGN KEY ("paper_key") REFERENCES "paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "search_document" ALTER COLUMN "words" SET STORAGE EXTERNAL, ALTER COLUMN "lexemes" SET STORAGE EXTERNAL,
  SET (toast_tuple_target = 128, fillfactor = 80);
ALTER TABLE "search_inbox" SET (toast_tuple_target = 4080);
-- Terms are counted up in place; free room on the page keeps that from growing the table and its index.
ALTER TABLE "search_term" SET (fillfactor = 60);
ALTER TABLE "search_total" ADD CONSTRAINT "search_total_one" CHECK ("id" = 1);

CREATE INDEX "search_document_lexemes_idx" ON "search_document" USING gin ("lexemes") WITH (fastupdate = on, gin_pending_list_limit = 8192);
-- Of collation "C", so that words that begin alike are one stretch of it.
CREATE INDEX "search_term_word_idx" ON "search_term"("word");

-- BM25 where the server has the extension: the title said twice is its weight. A server without it ranks by the lexemes
-- alone. k1 is at the upper end of what is usual (1.2 to 2), which suits abstracts; b is the usual one.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_textsearch') THEN
    CREATE EXTENSION IF NOT EXISTS pg_textsearch;
    EXECUTE $index$
      CREATE INDEX search_document_bm25 ON search_document
      USING bm25 ((split_part(words, '|', 1) || split_part(words, '|', 1) || split_part(words, '|', 2) || split_part(words, '|', 3)))
      WITH (text_config = 'pg_catalog.english', k1 = 1.5, b = 0.75)
    $index$;
  END IF;
EXCEPTION WHEN OTHERS THEN
  -- Not trusted, not preloaded, too old: whatever keeps the extension out, searching goes on without it.
  RAISE NOTICE 'pg_textsearch cannot be used here: %', SQLERRM;
END
$$;

-- How often a word occurs, the title counting twice, of a tsvector's positions: ts_rank of one word with equal weights is
-- the sum of 1/j² over its places, divided by π²/6, and so tells their number (src/backend/utils/adt/tsrank.c,
-- calc_rank_or). Exact up to 15 places.
CREATE FUNCTION search_term_frequency(lexemes tsvector, term tsquery) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN width_bucket(ts_rank('{1,1,1,1}', lexemes, term)::double precision, ARRAY[0.3, 0.6839, 0.7937, 0.8465, 0.8776,
      0.8982, 0.9129, 0.9238, 0.9323, 0.9391, 0.9447, 0.9493, 0.9532, 0.9565, 0.9594]::double precision[])
    + width_bucket(ts_rank('{0,0,0,1}', lexemes, term)::double precision, ARRAY[0.3, 0.6839, 0.7937]::double precision[]);
