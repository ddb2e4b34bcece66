/**
 * The sheet that every mail is printed on: head, nameplate, foot.
 *
 * Tables and inline styles carry the light edition for every program. A style block adds what better ones understand:
 * the dark edition and narrow screens. Outlook.com and Outlook's apps do not know `prefers-color-scheme`; they mark what
 * they recoloured (`data-ogsc`, `data-ogsb`), and the same colours are given to those marks.
 */
import { Html, html, isWebUrl, prose } from './html.ts';

const SERIF = "Georgia,'Times New Roman',serif";

/** The site's own colours. */
const LIGHT = { paper: '#faf7f0', ink: '#1c1a17', faded: '#625c52', hairline: '#d8d1c3', accent: '#9c1f16' };
const DARK = { paper: '#161412', ink: '#e8e2d6', faded: '#a59d8f', hairline: '#3a362f', accent: '#f0927c' };

/** Inline styles by what they dress. Short, since 50 papers repeat them. */
export const STYLE = {
  kicker: new Html(`margin:0;font:13px/18px ${SERIF};color:${LIGHT.accent}`),
  lead: new Html(`margin:2px 0 4px;font:bold 29px/34px ${SERIF};color:${LIGHT.ink}`),
  headline: new Html(`margin:2px 0 4px;font:bold 21px/26px ${SERIF};color:${LIGHT.ink}`),
  byline: new Html(`margin:0;font:italic 15px/21px ${SERIF};color:${LIGHT.faded}`),
  body: new Html(`margin:8px 0 0;font:17px/26px ${SERIF};color:${LIGHT.ink}`),
  quote: new Html(
    `margin:16px 0 0;padding:2px 0 2px 14px;border-left:3px solid ${LIGHT.accent};font:bold 17px/26px ${SERIF};color:${LIGHT.ink}`,
  ),
  small: new Html(`margin:8px 0 0;font:14px/20px ${SERIF};color:${LIGHT.faded}`),
  inkLink: new Html(`color:${LIGHT.ink};text-decoration:none`),
  accentLink: new Html(`color:${LIGHT.accent}`),
  fadedLink: new Html(`color:${LIGHT.faded}`),
  story: new Html(`padding:20px 0;border-bottom:1px solid ${LIGHT.hairline}`),
} as const;

const STYLE_SHEET = new Html(
  [
    `body,table,td{-webkit-text-size-adjust:100%}`,
    `a:hover{text-decoration:underline}`,
    `@media (max-width:480px){.np{font-size:46px!important;line-height:50px!important}\n.ld{font-size:25px!important;line-height:30px!important}}`,
    `@media (prefers-color-scheme:dark){${darkRules('')}}`,
    darkRules('[data-ogsc] ', '[data-ogsb] '),
  ].join('\n'),
);

function darkRules(text: string, ground = text): string {
  return [
    `${ground}.p{background-color:${DARK.paper}!important}`,
    `${text}.i{color:${DARK.ink}!important}`,
    `${text}.f{color:${DARK.faded}!important}`,
    `${text}.a{color:${DARK.accent}!important}`,
    `${text}.h{border-color:${DARK.hairline}!important}`,
    `${text}.r{border-color:${DARK.faded}!important}`,
    `${text}.b{border-color:${DARK.accent}!important}`,
  ].join('\n');
}

export type Sheet = {
  /** The paper's name. */
  readonly masthead: string;
  readonly siteUrl: string;
  readonly title: string;
  /** What a list of mails shows after the subject. */
  readonly preheader: string;
  /** Under the nameplate, in italics. */
  readonly motto: string;
  /** The line between the rules. */
  readonly folio: Html;
  readonly content: readonly Html[];
  readonly foot: Html;
};

/** Keeps a list of mails from showing the text after the preheader. */
const PREHEADER_FILL = new Html(`${'&#8199;&#847; '.repeat(10)}\n`.repeat(4));

export function renderSheet(sheet: Sheet): string {
  const { masthead, siteUrl, title, preheader, motto, folio, content, foot } = sheet;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${title}</title>
<style>
${STYLE_SHEET}
</style>
</head>
<body class="p" style="margin:0;padding:0;background-color:${new Html(LIGHT.paper)}">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preheader} ${PREHEADER_FILL}</div>
<table role="presentation" class="p" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="${new Html(LIGHT.paper)}">
<tr><td align="center" style="padding:20px 16px 40px">
<!--[if mso]><table role="presentation" width="620" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:620px">
<tr><td align="center" style="padding:6px 0 4px">
<a class="i np" href="${siteUrl}" style="font:bold 62px/66px ${new Html(SERIF)};letter-spacing:-2px;color:${new Html(LIGHT.ink)};text-decoration:none">${masthead}</a>
<p class="f" style="margin:4px 0 12px;font:italic 16px/22px ${new Html(SERIF)};color:${new Html(LIGHT.faded)}">${motto}</p>
</td></tr>
<tr><td class="r" style="border-top:4px double ${new Html(LIGHT.ink)};border-bottom:1px solid ${new Html(LIGHT.ink)};padding:7px 0">
${folio}
</td></tr>
${content}
<tr><td class="f" style="padding:18px 0 0;font:14px/21px ${new Html(SERIF)};color:${new Html(LIGHT.faded)}">
${foot}
</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
`.source;
}

/** A line between the rules: something on the left, something on the right. */
export function renderFolio(left: string, right: Html | null): Html {
  const font = new Html(`font:15px/20px ${SERIF}`);
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="i" style="${font};font-weight:bold;color:${new Html(LIGHT.ink)}">${left}</td>
<td class="f" align="right" style="${font};color:${new Html(LIGHT.faded)}">${right}</td>
</tr></table>`;
}

/** A link in the colours of what stands around it; only its words where the address is none of the web's. */
export function renderLink(url: string, words: string, look: 'accent' | 'faded' | 'ink'): Html {
  if (!isWebUrl(url)) return prose(words);
  const style = { accent: STYLE.accentLink, faded: STYLE.fadedLink, ink: STYLE.inkLink }[look];
  return html`<a class="${look[0] ?? ''}" href="${url}" style="${style}">${prose(words)}</a>`;
}

/** The one thing a mail asks for. Bordered, not filled: it survives every recolouring. */
export function renderButton(url: string, words: string): Html {
  const style = `display:inline-block;padding:12px 26px;border:2px solid ${LIGHT.accent};font:bold 18px/24px ${SERIF};color:${LIGHT.accent};text-decoration:none`;
  return html`<a class="a b" href="${url}" style="${new Html(style)}">${words}</a>`;
}
