-- AlterTable
ALTER TABLE "issue" ADD COLUMN     "matching" INTEGER NOT NULL DEFAULT 0;

-- Reports have an identity of their own, by which a second delivery is known.
ALTER TYPE "mail_event_kind" ADD VALUE 'unsubscribe' BEFORE 'auto-reply';

-- DropIndex
DROP INDEX "mail_event_folded_kind_provider_at_key";

-- AlterTable
ALTER TABLE "mail_event" ADD COLUMN     "event_id" TEXT NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "mail_event_event_id_key" ON "mail_event"("event_id");

-- CreateIndex
CREATE INDEX "mail_event_folded_at_idx" ON "mail_event"("folded", "at");
