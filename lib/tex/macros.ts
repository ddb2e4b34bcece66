/**
 * Commands that abstracts use in formulas though no common package defines them: their authors' own abbreviations.
 * arXiv shows them raw; we know the habits behind most. Each is given as TeX, for KaTeX and the Unicode form alike.
 * Whatever is still unknown stands for itself: `\Hom` is set upright by its name, which is nearly always what it means.
 */

/** Takes one argument and sets nothing; two of KaTeX's own helpers, since a macro text must use its arguments. */
const DROP_ONE = '\\@firstoftwo{}{#1}';
const DROP_FIRST_OF_TWO = '\\@secondoftwo{#1}{#2}';

/**
 * Laid over KaTeX's own commands in every formula. Links, colours and HTML are the page's business, labels and references
 * mean nothing outside their document, and \message, \errmessage and \show would write to our console.
 */
export const BASE_MACROS: Readonly<Record<string, string>> = Object.freeze({
  '\\href': DROP_FIRST_OF_TWO,
  '\\url': '\\text{#1}',
  '\\htmlClass': DROP_FIRST_OF_TWO,
  '\\htmlId': DROP_FIRST_OF_TWO,
  '\\htmlStyle': DROP_FIRST_OF_TWO,
  '\\htmlData': DROP_FIRST_OF_TWO,
  '\\includegraphics': DROP_ONE,
  '\\color': DROP_ONE,
  '\\textcolor': DROP_FIRST_OF_TWO,
  '\\colorbox': DROP_FIRST_OF_TWO,
  '\\tag': DROP_ONE,
  '\\label': DROP_ONE,
  '\\ref': DROP_ONE,
  '\\eqref': DROP_ONE,
  '\\cite': DROP_ONE,
  '\\footnote': DROP_ONE,
  '\\message': DROP_ONE,
  '\\errmessage': DROP_ONE,
  '\\show': '',
  '\\nonumber': '',
  '\\notag': '',
  '\\newcommand': '\\providecommand',
  '\\mbox': '\\text{#1}',
  '\\textsc': '\\textrm{#1}',
  '\\textsl': '\\textit{#1}',
  '\\textsuperscript': '^{\\text{#1}}',
  '\\textsubscript': '_{\\text{#1}}',
  '\\textless': '<',
  '\\textgreater': '>',
});

/** `names = expansion`, one a line; an expansion with #1 takes an argument. */
const KNOWN = table(String.raw`
  Cal mc = \mathcal
  scr EuScript euscr = \mathscr
  mathbbm mathds bbold bb mbb = \mathbb
  goth euf mf = \mathfrak
  rmn roman mathup = \mathrm
  bmath bolds bi bs mathbi = \boldsymbol
  vect mb bbf = \mathbf
  op = \operatorname
  sl em itshape slshape = \it
  sc scshape mdseries upshape rmfamily = \rm
  bfseries = \bf
  sffamily = \sf
  ttfamily = \tt
  tx tup = \text{#1}
  ensuremath = #1
  boldmath unboldmath protect xspace noindent nn null strut nobreak hfill hfil - / =
  ov ovl = \overline
  wt = \widetilde
  wh = \widehat
  ul = \underline
  fr = \frac
  half = \tfrac{1}{2}
  inv = ^{-1}
  iy = \infty
  sp = ^
  sb = _
  ra rar = \rightarrow
  lra = \longrightarrow
  Ra = \Rightarrow
  hra = \hookrightarrow
  mapto = \mapsto
  lan = \langle
  ran = \rangle
  ot = \otimes
  dd rd d = \mathrm{d}
  e rme = \mathrm{e}
  rmi = \mathrm{i}
  norm = \lVert #1 \rVert
  abs = \lvert #1 \rvert
  floor = \lfloor #1 \rfloor
  ceil = \lceil #1 \rceil
  VEV vev = \langle #1 \rangle
  C bbc = \mathbb{C}
  bbr = \mathbb{R}
  bbz = \mathbb{Z}
  bbn = \mathbb{N}
  F = \mathbb{F}
  Q bbq = \mathbb{Q}
  E = \mathbb{E}
  al alp alf upalpha = \alpha
  be bet upbeta = \beta
  gam upgamma = \gamma
  Ga Gam = \Gamma
  de del updelta = \delta
  De Del = \Delta
  eps = \epsilon
  ep ve vep veps = \varepsilon
  ze = \zeta
  th = \theta
  vth = \vartheta
  Th = \Theta
  ka kap = \kappa
  la lsim simlt simless ltsim ltsima lta lax apprle ltwid lapproxeq alt = \lesssim
  l lam uplambda = \lambda
  La Lam = \Lambda
  si sig upsigma = \sigma
  Si Sig = \Sigma
  ph upphi = \phi
  vp vph vphi = \varphi
  om ome upomega = \omega
  Om Ome = \Omega
  ups = \upsilon
  upmu = \mu
  uppi = \pi
  uptau = \tau
  ga gsim simgt simgreat gtsim gtsima gta gax apprge gtwid gapproxeq agt = \gtrsim
  lapprox = \lessapprox
  gapprox = \gtrapprox
  msun Msun MSun Msol = M_\odot
  lsun Lsun = L_\odot
  rsun Rsun = R_\odot
  zsun Zsun = Z_\odot
  sun = \odot
  earth = \oplus
  kms kmps = \mathrm{km\,s^{-1}}
  kmsmpc = \mathrm{km\,s^{-1}\,Mpc^{-1}}
  mum micron = \mathrm{\mu m}
  arcsec = ''
  arcmin = '
  fdg = .^{\circ}
  farcs = .''
  farcm = .'
  degr degree degrees = ^{\circ}
  celsius = ^{\circ}\mathrm{C}
  gev = \mathrm{GeV}
  mev = \mathrm{MeV}
  tev = \mathrm{TeV}
  kev = \mathrm{keV}
  ev = \mathrm{eV}
  pbar = \bar{p}
  ppbar = p\bar{p}
  ttbar = t\bar{t}
  bbbar = b\bar{b}
  ccbar = c\bar{c}
  qqbar = q\bar{q}
  dbar = \bar{\partial}
  invfb = \mathrm{fb}^{-1}
  invpb = \mathrm{pb}^{-1}
`);

/** Habits that make whole alphabets of abbreviations: the letter is the last group. */
const HABITS: readonly (readonly [name: RegExp, command: string])[] = [
  [/^([A-Z])\1{1,2}$/, '\\mathbb'],
  [/^(?:bb|Bbb|mbb|I|mathbb)([A-Z])$/, '\\mathbb'],
  [/^(?:c|cal|mc|mcal|mathcal|scr|s)([A-Z])$/, '\\mathcal'],
  [/^([A-Z])(?:cal|scr)$/, '\\mathcal'],
  [/^(?:f|fr|frak|mf|mfk|goth|mathfrak)([a-zA-Z])$/, '\\mathfrak'],
  [/^(?:b|bf|bm|mat|mathbf|mb|m|vec|v)([A-Z])$/, '\\mathbf'],
  [/^(?:b|bf|bm|v|vec)([kpqrtuvwxyz])$/, '\\mathbf'],
];

/** Names of the field, which a preamble declares as operators though no package does. */
const NAMES = new Set(
  `Hom Aut End Ext Tor Out Inn Der Spec Proj Pic Gal Sym Alt Ind Res Rep Mod Lie Isom Homeo Diff Map Mor Set Vect Sch Top
  Coh Hilb Gr Stab Fix Ker Coker coker Ann Ass Supp supp Soc rad Rad ad Ad diag grad curl rot rank rk Tr tr trace id Id
  sgn sign vol Vol area ord lcm diam dist card codim depth height reg const opt poly polylog argmin argmax Var Cov Cor
  GL SL PGL PSL SO SU Sp Spin Br Cl CH Cone Conv conv NP LP SAT SVP CVP KL ReLU softmax GeV MeV TeV keV eV fb pb cm km
  kpc Mpc pc Rey Leb Prim Fin Teich Symp proj rel err dom im Real Imag`.split(/\s+/),
);

/** Authors' shorthand for `\name` as TeX; null when nothing is known of it. */
export function knownMacro(name: string): string | null {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  if (NAMES.has(name)) return upright(name);
  for (const [habit, command] of HABITS) {
    const letter = habit.exec(name)?.[1];
    if (letter !== undefined) return `${command}{${letter}}`;
  }
  return null;
}

/** An unknown command as itself: one letter like a variable, a word upright. */
export function guessedMacro(name: string): string {
  if (name.length === 1) return /^[a-zA-Z0-9]$/.test(name) ? name : '';
  return upright(name);
}

function upright(name: string): string {
  return `\\TextOrMath{${name}}{\\mathrm{${name}}}`;
}

function table(text: string): ReadonlyMap<string, string> {
  const lines = text.trim().split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [names = '', expansion = ''] = line.split(' =');
      return names
        .trim()
        .split(' ')
        .map((name) => [name, expansion.trim()] as const);
    }),
  );
}
