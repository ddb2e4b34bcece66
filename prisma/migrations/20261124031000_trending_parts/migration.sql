-- AlterTable
ALTER TABLE "trending_entry" ALTER COLUMN "parts" SET DATA TYPE JSON;
