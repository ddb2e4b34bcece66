-- CreateTable
CREATE TABLE "signal_series" (
    "paper_key" INTEGER NOT NULL,
    "kind" "signal_kind" NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "readings" TEXT NOT NULL,

    CONSTRAINT "signal_series_pkey" PRIMARY KEY ("paper_key","kind")
);

-- CreateIndex
CREATE INDEX "signal_series_last_at_idx" ON "signal_series"("last_at");

-- AddForeignKey
ALTER TABLE "signal_series" ADD CONSTRAINT "signal_series_paper_key_fkey" FOREIGN KEY ("paper_key") REFERENCES "paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
