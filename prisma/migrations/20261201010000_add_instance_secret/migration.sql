-- Secrets that links in mails depend on belong to the database, not to the folder of one process: all replicas must know them.
CREATE TABLE "instance_secret" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL CHECK (length("value") >= 16),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "instance_secret_pkey" PRIMARY KEY ("name")
);
