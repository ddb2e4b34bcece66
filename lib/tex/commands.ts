/** What the commands of running text do: those that abstracts use outside formulas. */

/** Styles of a stretch of text, as bits: `\emph{\textbf{…}}` is both. */
export const EMPHASIS = 1;
export const STRONG = 2;
export const CODE = 4;
export const SUPERSCRIPT = 8;
export const SUBSCRIPT = 16;

/** `\emph{…}`: style the following group. Zero: the group as it is. */
export const GROUP_STYLES: ReadonlyMap<string, number> = new Map([
  ...each('emph textit textsl uline underline underbar uwave', EMPHASIS),
  ...each('textbf pmb', STRONG),
  ...each('texttt code lstinline', CODE),
  ...each('textsuperscript', SUPERSCRIPT),
  ...each('textsubscript', SUBSCRIPT),
  ...each(
    'text textrm textsf textsc textmd textup textnormal mbox hbox fbox sout uppercase lowercase mathrm mathsf',
    0,
  ),
  ...each(
    'mathit mathnormal mathop operatorname operatorname* mathbf mathtt title author textquote enquote',
    0,
  ),
]);

/** `{\it …}`: style the rest of the group; null leaves all style. */
export const SWITCH_STYLES: ReadonlyMap<string, number | null> = new Map([
  ...each('it em sl itshape slshape', EMPHASIS),
  ...each('bf bfseries', STRONG),
  ...each('tt ttfamily', CODE),
  ...each('rm normalfont upshape rmfamily mdseries', null),
  ...each('sf sc scshape sffamily cal frak', 0),
]);

/** Commands that leave no trace, with the number of arguments they take along. */
export const DROPPED: ReadonlyMap<string, number> = new Map([
  ...each(
    'cite citep citet citealt citealp citeauthor citeyear citenum nocite textcite parencite autocite',
    1,
  ),
  ...each(
    'label ref eqref pageref autoref hyphenation cref Cref vspace hspace color pagestyle thispagestyle bibliography',
    1,
  ),
  ...each('bibliographystyle footnotemark thanks index vskip phantom', 1),
  ...each('begin end textcolor scalebox raisebox adjustbox includegraphics input', 1),
  ...each('rule resizebox setcounter setlength addtolength', 2),
  ...each(
    'noindent indent protect xspace relax left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr',
    0,
  ),
  ...each(
    'limits nolimits displaystyle textstyle scriptstyle small footnotesize scriptsize tiny normalsize large',
    0,
  ),
  ...each(
    'Large LARGE huge Huge centering raggedright boldmath unboldmath allowbreak nobreak break sloppy maketitle',
    0,
  ),
  ...each(
    'hfill vfill smallskip medskip bigskip nonumber notag itemsep unskip ignorespaces strut null leavevmode nobreakdash',
    0,
  ),
]);

export const SPACES: ReadonlySet<string> = new Set([
  ...'quad qquad space newline linebreak enspace thinspace thickspace enskip hfil hskip kern hline'.split(
    ' ',
  ),
]);

/** Commands of mathematics that mean nothing without their arguments, with the number of these. */
export const ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ...each('frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel', 2),
  ...each('sqrt overline widehat widetilde hat check tilde acute grave dot ddot breve bar vec mathring', 1),
  ...each(
    'overrightarrow overbrace underbrace mathbb mathcal mathscr mathfrak mathds mathbbm Bbb boldsymbol bm not',
    1,
  ),
  ...each('xrightarrow xleftarrow ensuremath substack', 1),
]);

/** Shorthands of prose. */
export const PROSE_MACROS: ReadonlyMap<string, string> = new Map([
  ['eg', 'e.g.'],
  ['ie', 'i.e.'],
  ['etal', 'et al.'],
  ['etc', 'etc.'],
  ['wrt', 'w.r.t.'],
  ['vs', 'vs.'],
  ['aka', 'a.k.a.'],
]);

function each<Value>(names: string, value: Value): (readonly [string, Value])[] {
  return names.split(' ').map((name) => [name, value] as const);
}
