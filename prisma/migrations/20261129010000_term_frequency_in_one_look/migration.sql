-- As before (how often a word occurs, of a tsvector's positions, the title counting twice), by one look in place of two: it
-- is asked for of every word for every paper that is scored. ts_rank of one word is the sum of w/j² over its places, each
-- with the weight w of its section, divided by π²/6 (src/backend/utils/adt/tsrank.c, calc_rank_or; of the greatest weight
-- the first place is taken whole). With 1 for the title and 1/4 for the abstract, which follows it, no two pairs of counts
-- come to the same. Exact up to 15 places, four of them in the title. The thresholds lie half-way between:
--   for t in 0..4, n in max(t, 1)..15:  (H(t) + (H(n) - H(t)) / 4) / 1.644934  stands for  t + n,  H(k) = 1 + 1/4 + … + 1/k²
CREATE OR REPLACE FUNCTION search_term_frequency(lexemes tsvector, term tsquery) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ('{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
      8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}'::double precision[])
    [1 + width_bucket(ts_rank('{0.25, 0.25, 0.25, 1}', lexemes, term)::double precision, '{
      0.07599, 0.17098, 0.19842, 0.21161, 0.21940, 0.22455, 0.22821, 0.23095, 0.23308, 0.23478, 0.23616, 0.23732, 0.23830,
      0.23913, 0.23986, 0.42406, 0.62692, 0.65437, 0.66756, 0.67535, 0.68050, 0.68416, 0.68690, 0.68902, 0.69072, 0.69211,
      0.69327, 0.69424, 0.69508, 0.69581, 0.72803, 0.76835, 0.78155, 0.78933, 0.79448, 0.79815, 0.80088, 0.80301, 0.80471,
      0.80610, 0.80725, 0.80823, 0.80907, 0.80979, 0.81879, 0.83221, 0.83999, 0.84515, 0.84881, 0.85155, 0.85367, 0.85537,
      0.85676, 0.85791, 0.85889, 0.85973, 0.86045, 0.86312, 0.86849, 0.87364, 0.87730, 0.88004, 0.88217, 0.88387, 0.88525,
      0.88641, 0.88739, 0.88822, 0.88895}'::double precision[])];
