/**
 * Stand-ins for Newsreader until it has loaded (`font-display: swap`), so that the swap moves nothing: the serif of the
 * reader's system, scaled by `size-adjust` to the width of the text that Newsreader sets, with Newsreader's ascent and
 * descent. next/font measures Times New Roman alone, which Android and most of Linux do not have.
 *
 * The scales are the ratio of the widths of an edition's abstracts (40,000 characters), by-lines and headlines in either
 * face, measured in Chromium with Liberation Serif (as wide as Times New Roman), Gelasio (as wide as Georgia), Noto Serif
 * and DejaVu Serif.
 */
type Style = 'text' | 'italic' | 'display';

const SYSTEM_FONTS: readonly {
  readonly name: string;
  readonly upright: readonly string[];
  readonly italic: readonly string[];
  readonly scale: Record<Style, number>;
}[] = [
  {
    name: 'times',
    upright: ['Times New Roman', 'TimesNewRomanPSMT', 'Liberation Serif', 'LiberationSerif', 'Tinos'],
    italic: ['Times New Roman Italic', 'TimesNewRomanPS-ItalicMT', 'Liberation Serif Italic', 'Tinos Italic'],
    scale: { text: 1.049, italic: 0.998, display: 1.127 },
  },
  {
    name: 'georgia',
    upright: ['Georgia', 'Gelasio'],
    italic: ['Georgia Italic', 'Georgia-Italic', 'Gelasio Italic'],
    scale: { text: 0.955, italic: 0.895, display: 1.035 },
  },
  {
    name: 'noto',
    upright: ['Noto Serif', 'NotoSerif', 'NotoSerif-Regular'],
    italic: ['Noto Serif Italic', 'NotoSerif-Italic'],
    scale: { text: 0.884, italic: 0.876, display: 0.965 },
  },
  {
    name: 'dejavu',
    upright: ['DejaVu Serif', 'DejaVuSerif'],
    italic: ['DejaVu Serif Italic', 'DejaVuSerif-Italic'],
    scale: { text: 0.824, italic: 0.797, display: 0.897 },
  },
];

/** Of Newsreader, in ems. */
const ASCENT = 0.735;
const DESCENT = 0.265;

/** Families `text-times`, `italic-georgia` and so on, which globals.css names after Newsreader's. */
export const FALLBACK_FONTS = (['text', 'italic', 'display'] as const)
  .flatMap((style) => SYSTEM_FONTS.map((font) => toFontFace(font, style)))
  .join('');

function toFontFace(font: (typeof SYSTEM_FONTS)[number], style: Style): string {
  const names = style === 'italic' ? font.italic : font.upright;
  const scale = font.scale[style];
  return (
    `@font-face{font-family:${style}-${font.name};src:${names.map((name) => `local("${name}")`).join()};` +
    `font-style:${style === 'italic' ? 'italic' : 'normal'};size-adjust:${percent(scale)};` +
    `ascent-override:${percent(ASCENT / scale)};descent-override:${percent(DESCENT / scale)};line-gap-override:0%}`
  );
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)}%`;
}
