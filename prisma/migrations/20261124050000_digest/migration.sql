-- CreateEnum
CREATE TYPE "subscription_state" AS ENUM ('pending', 'active', 'paused', 'unsubscribed');

-- CreateEnum
CREATE TYPE "cadence" AS ENUM ('daily', 'weekdays', 'weekly');

-- CreateEnum
CREATE TYPE "issue_state" AS ENUM ('due', 'submitting', 'submitted', 'deferred', 'rejected', 'uncertain', 'excluded');

-- CreateEnum
CREATE TYPE "letter_kind" AS ENUM ('confirmation', 'manage', 'already-active');

-- CreateEnum
CREATE TYPE "suppression_reason" AS ENUM ('hard-bounce', 'soft-bounces', 'complaint', 'operator');

-- CreateEnum
CREATE TYPE "mail_event_kind" AS ENUM ('hard', 'soft', 'complaint', 'auto-reply', 'other');

-- CreateTable
CREATE TABLE "subscriber" (
    "id" SERIAL NOT NULL,
    "folded" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subscriber_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "id" SERIAL NOT NULL,
    "subscriber_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "state" "subscription_state" NOT NULL,
    "has_trending" BOOLEAN NOT NULL,
    "categories" TEXT[],
    "queries" TEXT[],
    "muted_words" TEXT[],
    "cadence" "cadence" NOT NULL,
    "weekday" SMALLINT,
    "hour" SMALLINT NOT NULL,
    "zone" TEXT NOT NULL,
    "papers_max" SMALLINT NOT NULL,
    "send_when_empty" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "next_due_at" TIMESTAMPTZ(3),
    "covered_until" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "confirmation_token" (
    "hash" TEXT NOT NULL,
    "subscription_id" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "confirmation_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "letter" (
    "id" SERIAL NOT NULL,
    "kind" "letter_kind" NOT NULL,
    "subscriber_id" INTEGER NOT NULL,
    "subscription_id" INTEGER,
    "address" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "state" "issue_state" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "send_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "reply" TEXT,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edition" (
    "edition_on" DATE NOT NULL,
    "audience" INTEGER NOT NULL DEFAULT 0,
    "paper_keys" INTEGER[],

    CONSTRAINT "edition_pkey" PRIMARY KEY ("edition_on")
);

-- CreateTable
CREATE TABLE "edition_paper" (
    "edition_on" DATE NOT NULL,
    "paper_key" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "edition_paper_pkey" PRIMARY KEY ("edition_on","paper_key")
);

-- CreateTable
CREATE TABLE "issue" (
    "id" SERIAL NOT NULL,
    "subscription_id" INTEGER,
    "edition_on" DATE NOT NULL,
    "window_from" TIMESTAMPTZ(3) NOT NULL,
    "window_to" TIMESTAMPTZ(3) NOT NULL,
    "state" "issue_state" NOT NULL,
    "paper_keys" INTEGER[],
    "note" TEXT,
    "composed_at" TIMESTAMPTZ(3) NOT NULL,
    "send_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "reply" TEXT,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "issue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue_paper" (
    "subscription_id" INTEGER NOT NULL,
    "paper_key" INTEGER NOT NULL,
    "issue_id" INTEGER NOT NULL,

    CONSTRAINT "issue_paper_pkey" PRIMARY KEY ("subscription_id","paper_key")
);

-- CreateTable
CREATE TABLE "suppression" (
    "folded" TEXT NOT NULL,
    "reason" "suppression_reason" NOT NULL,
    "detail" TEXT,
    "suppressed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("folded")
);

-- CreateTable
CREATE TABLE "mail_event" (
    "id" SERIAL NOT NULL,
    "folded" TEXT NOT NULL,
    "kind" "mail_event_kind" NOT NULL,
    "provider" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" TEXT,
    "issue_id" INTEGER,

    CONSTRAINT "mail_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "send_pause" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "paused_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "is_by_operator" BOOLEAN NOT NULL,

    CONSTRAINT "send_pause_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "send_pace" (
    "scope" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "rest_until" TIMESTAMPTZ(3) NOT NULL,
    "faults" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "send_pace_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "request_count" (
    "scope" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "request_count_pkey" PRIMARY KEY ("scope","hash","from")
);

-- CreateIndex
CREATE UNIQUE INDEX "subscriber_folded_key" ON "subscriber"("folded");

-- CreateIndex
CREATE INDEX "subscription_subscriber_id_idx" ON "subscription"("subscriber_id");

-- CreateIndex
CREATE INDEX "confirmation_token_subscription_id_idx" ON "confirmation_token"("subscription_id");

-- CreateIndex
CREATE INDEX "confirmation_token_expires_at_idx" ON "confirmation_token"("expires_at");

-- CreateIndex
CREATE INDEX "letter_subscriber_id_idx" ON "letter"("subscriber_id");

-- CreateIndex
CREATE UNIQUE INDEX "issue_edition_on_subscription_id_key" ON "issue"("edition_on", "subscription_id");

-- CreateIndex
CREATE INDEX "mail_event_at_idx" ON "mail_event"("at");

-- CreateIndex
CREATE UNIQUE INDEX "mail_event_folded_kind_provider_at_key" ON "mail_event"("folded", "kind", "provider", "at");

-- CreateIndex
CREATE INDEX "request_count_from_idx" ON "request_count"("from");

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_subscriber_id_fkey" FOREIGN KEY ("subscriber_id") REFERENCES "subscriber"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "confirmation_token" ADD CONSTRAINT "confirmation_token_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_subscriber_id_fkey" FOREIGN KEY ("subscriber_id") REFERENCES "subscriber"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- What a subscription is, whoever writes it.
ALTER TABLE "subscription"
  ADD CONSTRAINT "subscription_hour_check" CHECK ("hour" BETWEEN 0 AND 23),
  ADD CONSTRAINT "subscription_papers_max_check" CHECK ("papers_max" BETWEEN 5 AND 50),
  ADD CONSTRAINT "subscription_weekday_check" CHECK (("cadence" = 'weekly') = ("weekday" IS NOT NULL) AND "weekday" BETWEEN 1 AND 7),
  ADD CONSTRAINT "subscription_topics_check" CHECK ("has_trending" OR cardinality("categories") + cardinality("queries") > 0),
  ADD CONSTRAINT "subscription_lengths_check" CHECK (cardinality("categories") <= 20 AND cardinality("queries") <= 20 AND cardinality("muted_words") <= 50),
  ADD CONSTRAINT "subscription_address_check" CHECK (length("address") <= 254 AND "address" !~ '[[:cntrl:]]'),
  -- Nobody is mailed who did not confirm.
  ADD CONSTRAINT "subscription_confirmed_check" CHECK ("state" IN ('pending', 'unsubscribed') OR ("confirmed_at" IS NOT NULL AND "covered_until" IS NOT NULL)),
  ADD CONSTRAINT "subscription_due_check" CHECK (("state" <> 'active' OR "next_due_at" IS NOT NULL) AND ("state" NOT IN ('pending', 'unsubscribed') OR "next_due_at" IS NULL)),
  ADD CONSTRAINT "subscription_ended_check" CHECK (("state" = 'unsubscribed') = ("ended_at" IS NOT NULL));

ALTER TABLE "issue"
  ADD CONSTRAINT "issue_window_check" CHECK ("window_from" < "window_to"),
  ADD CONSTRAINT "issue_held_check" CHECK ("state" <> 'submitting' OR ("holder" IS NOT NULL AND "lease_until" IS NOT NULL)),
  ADD CONSTRAINT "issue_closed_check" CHECK (("state" IN ('submitted', 'rejected', 'uncertain', 'excluded')) = ("closed_at" IS NOT NULL)),
  ADD CONSTRAINT "issue_left_check" CHECK ("left_at" IS NULL OR "state" = 'uncertain'),
  ADD CONSTRAINT "issue_attempts_check" CHECK ("attempts" >= 0);

ALTER TABLE "letter"
  ADD CONSTRAINT "letter_held_check" CHECK ("state" <> 'submitting' OR ("holder" IS NOT NULL AND "lease_until" IS NOT NULL)),
  ADD CONSTRAINT "letter_closed_check" CHECK (("state" IN ('submitted', 'rejected', 'uncertain', 'excluded')) = ("closed_at" IS NOT NULL)),
  ADD CONSTRAINT "letter_subject_check" CHECK ("kind" <> 'confirmation' OR "subscription_id" IS NOT NULL);

ALTER TABLE "edition" ADD CONSTRAINT "edition_audience_check" CHECK ("audience" >= 0);
ALTER TABLE "send_pause" ADD CONSTRAINT "send_pause_one_check" CHECK ("id" = 1);

-- Composing asks for these, oldest first.
CREATE INDEX "subscription_due" ON "subscription" ("next_due_at") WHERE "state" IN ('active', 'paused');

-- Never two issues for one window. Only one that was refused leaves its window to another.
CREATE UNIQUE INDEX "issue_window" ON "issue" ("subscription_id", "window_from") WHERE "state" <> 'rejected';

-- Sending asks for these. Both are as short as the work that is left.
CREATE INDEX "issue_to_send" ON "issue" ("send_at") WHERE "state" IN ('due', 'deferred');
CREATE INDEX "issue_in_hand" ON "issue" ("lease_until") WHERE "state" = 'submitting';
CREATE INDEX "letter_to_send" ON "letter" ("send_at") WHERE "state" IN ('due', 'deferred', 'submitting');

-- The state machine, so that no path of any program leads back to `due` once DATA may have been sent, except an
-- operator's word about an uncertain one.
CREATE FUNCTION "check_issue_state"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (CASE OLD."state"
    WHEN 'due' THEN NEW."state" IN ('submitting', 'excluded', 'rejected')
    WHEN 'submitting' THEN NEW."state" IN ('submitted', 'deferred', 'rejected', 'uncertain')
    WHEN 'deferred' THEN NEW."state" IN ('submitting', 'excluded', 'rejected')
    WHEN 'uncertain' THEN NEW."state" IN ('submitted', 'due', 'deferred', 'rejected')
    ELSE FALSE
  END) THEN
    RAISE EXCEPTION 'an issue cannot go from % to %', OLD."state", NEW."state";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "issue_state" BEFORE UPDATE OF "state" ON "issue" FOR EACH ROW
  WHEN (OLD."state" IS DISTINCT FROM NEW."state") EXECUTE FUNCTION "check_issue_state"();

-- Papers of an issue that nobody received are free to come again, and its window is offered again.
CREATE FUNCTION "release_issue_papers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "issue_paper"
  WHERE "subscription_id" = NEW."subscription_id" AND "paper_key" = ANY (NEW."paper_keys") AND "issue_id" = NEW."id";
  IF NEW."state" = 'rejected' THEN
    UPDATE "subscription" SET "covered_until" = LEAST("covered_until", NEW."window_from")
    WHERE "id" = NEW."subscription_id";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "issue_release" AFTER UPDATE OF "state" ON "issue" FOR EACH ROW
  WHEN (OLD."state" IS DISTINCT FROM NEW."state" AND NEW."state" IN ('rejected', 'excluded'))
  EXECUTE FUNCTION "release_issue_papers"();

CREATE FUNCTION "forget_issue_papers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "issue_paper" WHERE "subscription_id" = OLD."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "subscription_forget" AFTER DELETE ON "subscription" FOR EACH ROW EXECUTE FUNCTION "forget_issue_papers"();
