-- CreateTable
CREATE TABLE "source_turn" (
    "host" TEXT NOT NULL,
    "next_turn_at" TIMESTAMPTZ(3) NOT NULL,
    "holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "last_error_at" TIMESTAMPTZ(3),

    CONSTRAINT "source_turn_pkey" PRIMARY KEY ("host")
);

-- CreateTable
CREATE TABLE "harvest" (
    "id" TEXT NOT NULL,
    "complete_until" DATE,
    "window_from" DATE,
    "window_until" DATE,
    "resumption_token" TEXT,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "records" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "harvest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_day" (
    "source" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "expected" INTEGER,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "missing" TEXT[],
    "announced_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,

    CONSTRAINT "source_day_pkey" PRIMARY KEY ("source","day")
);

-- CreateTable
CREATE TABLE "signal_target" (
    "source" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "observed_at" TIMESTAMPTZ(3),
    "etag" TEXT,
    "renamed_to" TEXT,
    "gone_at" TIMESTAMPTZ(3),
    "unchanged" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "signal_target_pkey" PRIMARY KEY ("source","target")
);

-- CreateTable
CREATE TABLE "job_run" (
    "job" TEXT NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "holder" TEXT NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "counts" JSONB,
    "error" TEXT,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("job","slot")
);

-- CreateIndex
CREATE INDEX "signal_target_source_due_at_idx" ON "signal_target"("source", "due_at");

-- CreateIndex
CREATE INDEX "job_run_began_at_idx" ON "job_run"("began_at");

-- AlterTable
ALTER TABLE "listing" ADD COLUMN     "is_estimated" BOOLEAN NOT NULL DEFAULT false;
