-- AlterTable
ALTER TABLE "harvest" ADD COLUMN     "since" DATE;
