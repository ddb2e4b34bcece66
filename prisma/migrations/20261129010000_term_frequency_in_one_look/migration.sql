-- As before (how often a word occurs, of a tsvector's positions, the title counting twice), by one look in place of two: it
-- is asked for of every word for every paper that is scored. ts_rank of one word is the sum of w/j² over its places, each
-- with the weight w of its section, divided by π²/6 (src/backend/utils/adt/tsrank.c, calc_rank_or; of the greatest weight
-- the first place is taken whole). With 1 for the title and 1/8 for the abstract, which follows it, no two pairs of counts
-- come to the same. Exact up to 15 places, of which five in the title; of more in the abstract 15 count, and a title that
-- says a word six times and more has it twelve times. The thresholds lie half-way between
--   (H(t) + (H(n) - H(t)) / 8) / 1.644934   for t in 0..5, n in max(t, 1)..15,   which stands for t + n;
-- H(k) = 1 + 1/4 + … + 1/k². The last lies between t = 5 with n without end and t = 6.
CREATE OR REPLACE FUNCTION search_term_frequency(lexemes tsvector, term tsquery) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ('{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
      8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 12}'::double precision[])
    [1 + width_bucket(ts_rank('{0.125, 0.125, 0.125, 1}', lexemes, term)::double precision, '{
      0.037995, 0.085490, 0.099210, 0.105807, 0.109701, 0.112277, 0.114107, 0.115476, 0.116539, 0.117388, 0.118082, 0.118660,
      0.119149, 0.119567, 0.119930, 0.364013, 0.617426, 0.631147, 0.637743, 0.641638, 0.644213, 0.646044, 0.647413, 0.648475,
      0.649324, 0.650018, 0.650596, 0.651085, 0.651504, 0.651866, 0.705972, 0.764131, 0.770727, 0.774622, 0.777197, 0.779028,
      0.780397, 0.781460, 0.782309, 0.783003, 0.783580, 0.784069, 0.784488, 0.784850, 0.806238, 0.829831, 0.833726, 0.836301,
      0.838132, 0.839501, 0.840564, 0.841413, 0.842107, 0.842684, 0.843173, 0.843592, 0.843954, 0.854788, 0.866972, 0.869547,
      0.871378, 0.872747, 0.873810, 0.874659, 0.875353, 0.875930, 0.876419, 0.876838, 0.877200, 0.883569, 0.890824, 0.892655,
      0.894024, 0.895087, 0.895936, 0.896630, 0.897208, 0.897697, 0.898115, 0.898478, 0.905}'::double precision[])];
