-- A paper that no list has named still belongs to its subjects: it stands there on the day it was submitted.
ALTER TABLE "subject_paper" RENAME COLUMN "first_listed_on" TO "came_out_on";
ALTER INDEX "subject_paper_subject_first_listed_on_paper_key_idx" RENAME TO "subject_paper_subject_came_out_on_paper_key_idx";

UPDATE "subject_paper" SET "came_out_on" = (submitted_at AT TIME ZONE 'UTC')::date
FROM "paper" WHERE paper.key = paper_key AND "came_out_on" IS NULL AND submitted_at IS NOT NULL;
