/**
 * Newsreader (Production Type, SIL OFL 1.1; app/fonts/OFL.txt), cut from @fontsource-variable/newsreader 5.3 with
 * fontTools so that a page needs 70 KB of type, not 260:
 *   display      opsz 72, wght 500      headlines and nameplate
 *   text         opsz 16, wght 400      everything else
 *   italic       opsz 16, wght 400      by-lines
 *   … ext        the same for Latin Extended, fetched only by pages that name someone like Łukasz Şahin
 * Until a face has loaded the text shows in a system font of the same width (fallback-fonts.ts), so the swap moves
 * nothing.
 */
import localFont from 'next/font/local';

export const display = localFont({
  src: './fonts/newsreader-display.woff2',
  weight: '500',
  variable: '--font-newsreader-display',
  display: 'swap',
  adjustFontFallback: false,
});

export const text = localFont({
  src: './fonts/newsreader-text.woff2',
  weight: '400',
  variable: '--font-newsreader-text',
  display: 'swap',
  adjustFontFallback: false,
});

export const italic = localFont({
  src: './fonts/newsreader-text-italic.woff2',
  weight: '400',
  style: 'italic',
  variable: '--font-newsreader-italic',
  display: 'swap',
  adjustFontFallback: false,
});

export const extended = localFont({
  src: [
    { path: './fonts/newsreader-text-ext.woff2', weight: '400', style: 'normal' },
    { path: './fonts/newsreader-text-ext-italic.woff2', weight: '400', style: 'italic' },
  ],
  variable: '--font-newsreader-extended',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  // Literals alone: next/font reads this file without running it.
  declarations: [
    {
      prop: 'unicode-range',
      value: 'U+0100-0130, U+0132-0151, U+0154-02BA, U+02BD-02C5, U+02C7-02CC, U+1E00-1EFF, U+2020',
    },
  ],
});
