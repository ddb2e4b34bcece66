import { expect, test } from 'vitest';
import { stemWord } from '#lib/text/stem.ts';

/** From the published sample vocabulary of the algorithm (https://snowballstem.org/algorithms/english/stemmer.html). */
test.each(
  `consign consign, consigned consign, consigning consign, consignment consign, consist consist, consisted consist,
   consistency consist, consistent consist, consistently consist, consisting consist, consists consist,
   consolation consol, consolations consol, consolatory consolatori, console consol, consoled consol, consoles consol,
   consolidate consolid, consolidated consolid, consolidating consolid, consoling consol, consolingly consol,
   consols consol, consonant conson, consort consort, consorted consort, consorting consort, conspicuous conspicu,
   conspicuously conspicu, conspiracy conspiraci, conspirator conspir, conspirators conspir, conspire conspir,
   knack knack, knackeries knackeri, knacks knack, knag knag, knave knave, knaves knave, knavish knavish, kneaded knead,
   kneading knead, knew knew, knick knick, knife knife, knightly knight, knights knight, knit knit, knits knit,
   knitted knit, knitting knit, knives knive, knob knob, knobs knob, knock knock, knocked knock, knocker knocker,
   knots knot, skies sky, dying die, news news, generate generat, generic generic, general general, hopping hop,
   hoping hope, agreed agre, multiplicative multipl`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
)('%s is stemmed to %s', (word, stem) => expect(stemWord(word)).toBe(stem));

test('words of other alphabets, numbers and short words stay as they are', () => {
  expect(['深度', 'λογοσ', 'gpt4s', 'as', 'v1.2'].map(stemWord)).toEqual([
    '深度',
    'λογοσ',
    'gpt4s',
    'as',
    'v1.2',
  ]);
});
