import { expect, test } from 'vitest';
import { toCslName, withWholeFamily } from '#lib/citations/name.ts';

test.each([
  ['Ada Lovelace', 'Ada', '', 'Lovelace'],
  ['A. B. F. da Silva', 'A. B. F.', 'da', 'Silva'],
  ['Rianne van den Berg', 'Rianne', 'van den', 'Berg'],
  ['van der Berg, Rianne', 'Rianne', 'van der', 'Berg'],
  ['Enrique del Castillo', 'Enrique', 'del', 'Castillo'],
  ['Mariano López de Haro', 'Mariano López', 'de', 'Haro'],
  ["Jean de Bremond d'Ars", 'Jean', 'de', "Bremond d'Ars"],
  ["Jean le Rond d'Alembert", 'Jean', 'le', "Rond d'Alembert"],
  ["Pierre d'Ancona", 'Pierre', "d'", 'Ancona'],
  ['Gianmarco De Francisci Morales', 'Gianmarco', '', 'De Francisci Morales'],
  ['Wannes Van den Bossche', 'Wannes', '', 'Van den Bossche'],
  ['Aäron van den Oord', 'Aäron', 'van den', 'Oord'],
  ['Nguyen Van Hoang', 'Nguyen Van', '', 'Hoang'],
  ['Le Li', 'Le', '', 'Li'],
  ['Khoa Le', 'Khoa', '', 'Le'],
  ['Bin Gao', 'Bin', '', 'Gao'],
  ['  Ada \n Lovelace ', 'Ada', '', 'Lovelace'],
  ['İlkay Öztürk-Şahin', 'İlkay', '', 'Öztürk-Şahin'],
])('%s', (printed, given, particle, family) => {
  expect(toCslName(printed)).toEqual({
    given,
    family,
    ...(particle !== '' && { 'non-dropping-particle': particle }),
  });
});

test.each([
  ['Martin Luther King Jr.', 'King', 'Jr.'],
  ['Martin Luther King, Jr', 'King', 'Jr'],
  ['Henry Ford III', 'Ford', 'III'],
])('%s keeps his suffix apart', (printed, family, suffix) => {
  expect(toCslName(printed)).toMatchObject({ family, suffix });
});

test.each([
  ['CMS Collaboration', 'CMS Collaboration'],
  ['for the CMS Tracker Collaboration', 'CMS Tracker Collaboration'],
  ['on behalf of the ALICE collaboration', 'ALICE collaboration'],
  ['The LIGO Scientific Collaboration', 'The LIGO Scientific Collaboration'],
  ['Gemini Team', 'Gemini Team'],
  ['Team OLMo', 'Team OLMo'],
  ['DeepSeek-AI', 'DeepSeek-AI'],
  ['OpenAI', 'OpenAI'],
  ['王小云', '王小云'],
  ['山田 太郎', '山田 太郎'],
])('%s is not taken apart', (printed, literal) => {
  expect(toCslName(printed)).toEqual({ literal });
});

test('a format without particles gets them as the head of the family name', () => {
  expect(withWholeFamily(toCslName('Rianne van den Berg'))).toEqual({
    given: 'Rianne',
    family: 'van den Berg',
  });
  expect(withWholeFamily(toCslName("Pierre d'Ancona"))).toMatchObject({ family: "d'Ancona" });
});
