-- CreateTable
CREATE TABLE "subject_paper" (
    "subject" TEXT NOT NULL,
    "paper_key" INTEGER NOT NULL,
    "first_listed_on" DATE,

    CONSTRAINT "subject_paper_pkey" PRIMARY KEY ("paper_key","subject")
);

-- What lib/papers/subject-store.ts writes with each paper from now on, for the papers that are already here.
WITH alias (id, canonical) AS (VALUES
  ('math.MP', 'math-ph'), ('stat.TH', 'math.ST'), ('math.IT', 'cs.IT'), ('q-fin.EC', 'econ.GN'), ('cs.SY', 'eess.SY'),
  ('cs.NA', 'math.NA'), ('acc-phys', 'physics.acc-ph'), ('adap-org', 'nlin.AO'), ('alg-geom', 'math.AG'),
  ('ao-sci', 'physics.ao-ph'), ('atom-ph', 'physics.atom-ph'), ('bayes-an', 'physics.data-an'), ('chao-dyn', 'nlin.CD'),
  ('chem-ph', 'physics.chem-ph'), ('cmp-lg', 'cs.CL'), ('comp-gas', 'nlin.CG'), ('dg-ga', 'math.DG'),
  ('funct-an', 'math.FA'), ('mtrl-th', 'cond-mat.mtrl-sci'), ('patt-sol', 'nlin.PS'), ('plasm-ph', 'physics.plasm-ph'),
  ('q-alg', 'math.QA'), ('solv-int', 'nlin.SI'), ('supr-con', 'cond-mat.supr-con')
), archive (id, "group") AS (VALUES
  ('physics', 'grp_physics'), ('astro-ph', 'grp_physics'), ('cond-mat', 'grp_physics'), ('gr-qc', 'grp_physics'),
  ('hep-ex', 'grp_physics'), ('hep-lat', 'grp_physics'), ('hep-ph', 'grp_physics'), ('hep-th', 'grp_physics'),
  ('math-ph', 'grp_physics'), ('nlin', 'grp_physics'), ('nucl-ex', 'grp_physics'), ('nucl-th', 'grp_physics'),
  ('quant-ph', 'grp_physics'), ('math', NULL), ('cs', NULL), ('q-bio', NULL), ('q-fin', NULL), ('stat', NULL),
  ('eess', NULL), ('econ', NULL)
), filed AS (
  SELECT DISTINCT key, coalesce(canonical, category) AS category
  FROM paper CROSS JOIN unnest(categories) AS category LEFT JOIN alias ON alias.id = category
), placed AS (
  SELECT filed.key, filed.category, archive.id AS archive, archive."group"
  FROM filed JOIN archive ON archive.id = split_part(filed.category, '.', 1)
  UNION
  SELECT filed.key, filed.category, archive.id, archive."group"
  FROM filed JOIN alias ON alias.canonical = filed.category JOIN archive ON archive.id = split_part(alias.id, '.', 1)
)
INSERT INTO subject_paper (subject, paper_key, first_listed_on)
SELECT DISTINCT subject, key, (SELECT min(listed_on) FROM listing WHERE paper_key = key)
FROM placed CROSS JOIN LATERAL (VALUES (category), (archive), ("group")) AS named (subject)
WHERE subject IS NOT NULL;

-- CreateIndex
CREATE INDEX "subject_paper_subject_first_listed_on_paper_key_idx" ON "subject_paper"("subject", "first_listed_on", "paper_key");

-- CreateIndex
CREATE INDEX "paper_authors_idx" ON "paper" USING GIN ("authors");

-- AddForeignKey
ALTER TABLE "subject_paper" ADD CONSTRAINT "subject_paper_paper_key_fkey" FOREIGN KEY ("paper_key") REFERENCES "paper"("key") ON DELETE CASCADE ON UPDATE CASCADE;
