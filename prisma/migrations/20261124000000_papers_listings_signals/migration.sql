-- CreateEnum
CREATE TYPE "link_kind" AS ENUM ('repository', 'project');

-- CreateEnum
CREATE TYPE "announcement_kind" AS ENUM ('new', 'cross-list', 'replacement');

-- CreateEnum
CREATE TYPE "signal_kind" AS ENUM ('upvotes', 'comments', 'stars', 'forks', 'citations');

-- CreateTable
CREATE TABLE "paper" (
    "key" SERIAL NOT NULL,
    "archive" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_text" TEXT NOT NULL,
    "abstract" TEXT NOT NULL,
    "abstract_text" TEXT NOT NULL,
    "authors" TEXT[],
    "categories" TEXT[],
    "primary_category" TEXT,
    "submitted_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3),
    "comment" TEXT,
    "journal_reference" TEXT,
    "doi" TEXT,
    "license" TEXT,
    "is_withdrawn" BOOLEAN NOT NULL DEFAULT false,
    "keywords" TEXT[],
    "authority" SMALLINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "paper_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "paper_version" (
    "paper_key" INTEGER NOT NULL,
    "version" SMALLINT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "paper_version_pkey" PRIMARY KEY ("paper_key","version")
);

-- CreateTable
CREATE TABLE "paper_link" (
    "paper_key" INTEGER NOT NULL,
    "kind" "link_kind" NOT NULL,
    "url" TEXT NOT NULL,
    "origin" TEXT NOT NULL,

    CONSTRAINT "paper_link_pkey" PRIMARY KEY ("paper_key","url")
);

-- CreateTable
CREATE TABLE "listing" (
    "listed_on" DATE NOT NULL,
    "list" TEXT NOT NULL,
    "paper_key" INTEGER NOT NULL,
    "kind" "announcement_kind" NOT NULL,
    "position" INTEGER,
    "submitted_by" TEXT,

    CONSTRAINT "listing_pkey" PRIMARY KEY ("listed_on","list","paper_key")
);

-- CreateTable
CREATE TABLE "signal" (
    "paper_key" INTEGER NOT NULL,
    "kind" "signal_kind" NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "signal_pkey" PRIMARY KEY ("paper_key","kind","observed_at")
);

-- CreateTable
CREATE TABLE "latest_signal" (
    "paper_key" INTEGER NOT NULL,
    "kind" "signal_kind" NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "latest_signal_pkey" PRIMARY KEY ("paper_key","kind")
);

-- CreateTable
CREATE TABLE "source_response" (
    "url" TEXT NOT NULL,
    "etag" TEXT,
    "last_modified" TEXT,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_response_pkey" PRIMARY KEY ("url")
);

-- CreateIndex
CREATE UNIQUE INDEX "paper_archive_identifier_key" ON "paper"("archive", "identifier");

-- CreateIndex
CREATE INDEX "paper_link_url_idx" ON "paper_link"("url");

-- CreateIndex
CREATE INDEX "listing_paper_key_listed_on_idx" ON "listing"("paper_key", "listed_on");

-- CreateIndex
CREATE INDEX "signal_observed_at_idx" ON "signal"("observed_at");

-- CreateIndex
CREATE INDEX "latest_signal_kind_value_idx" ON "latest_signal"("kind", "value" DESC);

-- AddForeignKey
ALTER TABLE "paper_version" ADD CONSTRAINT "paper_version_paper_key_fkey" FOREIGN KEY ("paper_key") REFERENCES "paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paper_link" ADD CONSTRAINT "paper_link_paper_key_fkey" FOREIGN KEY ("paper_key") REFERENCES "paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing" ADD CONSTRAINT "listing_paper_key_fkey" FOREIGN KEY ("paper_key") REFERENCES "paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signal" ADD CONSTRAINT "signal_paper_key_fkey" FOREIGN KEY ("paper_key") REFERENCES "paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "latest_signal" ADD CONSTRAINT "latest_signal_paper_key_fkey" FOREIGN KEY ("paper_key") REFERENCES "paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
