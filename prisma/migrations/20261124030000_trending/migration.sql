-- CreateTable
CREATE TABLE "trending_snapshot" (
    "time_window" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "ranked_at" TIMESTAMPTZ(3) NOT NULL,
    "ranked" INTEGER NOT NULL,
    "paper_keys" INTEGER[],
    "scores" DOUBLE PRECISION[],
    "parts" JSONB NOT NULL,

    CONSTRAINT "trending_snapshot_pkey" PRIMARY KEY ("time_window","as_of")
);

-- CreateTable
CREATE TABLE "trending_entry" (
    "time_window" TEXT NOT NULL,
    "paper_key" INTEGER NOT NULL,
    "rank" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "parts" JSONB NOT NULL,

    CONSTRAINT "trending_entry_pkey" PRIMARY KEY ("paper_key","time_window")
);

-- CreateIndex
CREATE UNIQUE INDEX "trending_entry_time_window_rank_key" ON "trending_entry"("time_window", "rank");

-- AddForeignKey
ALTER TABLE "trending_entry" ADD CONSTRAINT "trending_entry_paper_key_fkey" FOREIGN KEY ("paper_key") REFERENCES "paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "trending_snapshot" ADD CONSTRAINT "trending_snapshot_time_window_check" CHECK ("time_window" IN ('day', 'week', 'month'));
ALTER TABLE "trending_snapshot" ADD CONSTRAINT "trending_snapshot_lengths_check" CHECK (cardinality("paper_keys") = cardinality("scores"));

-- What others order by. Its rows are those of the newest whole snapshot of each window: a ranking replaces them all in
-- the transaction that inserts its snapshot. A join on paper_key and time_window is one look into the primary key;
-- ORDER BY rank within a time_window walks the unique index.
CREATE VIEW "current_trending" AS SELECT "time_window", "paper_key", "rank", "score" FROM "trending_entry";
