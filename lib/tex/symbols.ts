/**
 * What TeX commands stand for in Unicode: letters, accents, symbols, named operators.
 * Names as in The Comprehensive LaTeX Symbol List and amssymb. Tables are text, `name character` by `name character`,
 * because that is how one reads and extends them.
 */

/** Letters of text mode (`S{\o}rensen`). */
export const LETTERS = table(
  'AA Å aa å ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł ss ß SS ẞ i ı j ȷ dh ð DH Ð eth ð ETH Ð dj đ DJ Đ th þ TH Þ ng ŋ NG Ŋ',
);

/** Accents of text mode, as the combining character to put after the letter. */
export const ACCENTS = table(
  '\' \u0301 ` \u0300 ^ \u0302 " \u0308 ~ \u0303 = \u0304 . \u0307 u \u0306 v \u030c H \u030b c \u0327 k \u0328 r \u030a d \u0323 b \u0331 t \u0361',
);

/** Accents of math mode. */
export const MATH_ACCENTS = table(
  'hat \u0302 widehat \u0302 check \u030c widecheck \u030c tilde \u0303 widetilde \u0303 acute \u0301 grave \u0300 dot \u0307 ddot \u0308 dddot \u20db breve \u0306 bar \u0304 overline \u0305 vec \u20d7 overrightarrow \u20d7 mathring \u030a underline \u0332 underbar \u0332',
);

const GREEK = `alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
  varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ
  phi φ varphi φ chi χ psi ψ omega ω digamma ϝ Alpha Α Beta Β Gamma Γ varGamma Γ Delta Δ varDelta Δ Epsilon Ε
  Zeta Ζ Eta Η Theta Θ varTheta Θ Iota Ι Kappa Κ Lambda Λ varLambda Λ Mu Μ Nu Ν Xi Ξ varXi Ξ Omicron Ο Pi Π
  varPi Π Rho Ρ Sigma Σ varSigma Σ Tau Τ Upsilon Υ varUpsilon Υ Phi Φ varPhi Φ Chi Χ Psi Ψ varPsi Ψ Omega Ω
  varOmega Ω upalpha α upbeta β upgamma γ updelta δ upepsilon ε uplambda λ upmu μ upnu ν uppi π uprho ρ
  upsigma σ uptau τ upphi φ uppsi ψ upomega ω upDelta Δ upOmega Ω upSigma Σ upGamma Γ`;

/** Symbols that stand between two things and want a space on either side. */
export const RELATIONS = table(
  `le ≤ leq ≤ leqslant ≤ leqq ≦ ge ≥ geq ≥ geqslant ≥ geqq ≧ ll ≪ gg ≫ lll ⋘ ggg ⋙ ne ≠ neq ≠ equiv ≡ sim ∼ simeq ≃
  approx ≈ approxeq ≊ cong ≅ propto ∝ varpropto ∝ asymp ≍ doteq ≐ coloneqq ≔ coloneq ≔ eqqcolon ≕ defeq ≝
  triangleq ≜ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷ prec ≺ succ ≻ preceq ⪯ succeq ⪰
  preccurlyeq ≼ succcurlyeq ≽ in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊
  supsetneq ⊋ nsubseteq ⊈ Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ mid ∣ nmid ∤ parallel ∥
  nparallel ∦ perp ⊥ models ⊨ vdash ⊢ dashv ⊣ vDash ⊨ Vdash ⊩ nvdash ⊬ bowtie ⋈ to → rightarrow → gets ← leftarrow ←
  leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷
  Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ implies ⟹ impliedby ⟸ iff ⟺ mapsto ↦ longmapsto ⟼
  hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ leftharpoonup ↼ rightleftharpoons ⇌ leftrightharpoons ⇋
  rightrightarrows ⇉ rightleftarrows ⇄ leftrightarrows ⇆ rightsquigarrow ⇝ leadsto ⇝ twoheadrightarrow ↠
  rightarrowtail ↣ nrightarrow ↛ nleftarrow ↚ dashrightarrow ⇢ multimap ⊸ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖
  uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ upuparrows ⇈ downdownarrows ⇊ trianglelefteq ⊴
  trianglerighteq ⊵ nleq ≰ ngeq ≱ nless ≮ ngtr ≯ between ≬ smile ⌣ frown ⌢ lt < gt >`,
);

const OTHERS = `times × cdot · div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙
  boxplus ⊞ boxtimes ⊠ boxdot ⊡ cap ∩ cup ∪ sqcap ⊓ sqcup ⊔ uplus ⊎ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖
  smallsetminus ∖ wr ≀ amalg ⨿ dotplus ∔ barwedge ⊼ veebar ⊻ divideontimes ⋇ ltimes ⋉ rtimes ⋊ dagger † dag † ddagger ‡ ddag ‡ diamond ⋄ bigtriangleup △
  triangleleft ◁ triangleright ▷ lhd ⊲ rhd ⊳ circledast ⊛ circledcirc ⊚ sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮
  bigcap ⋂ bigcup ⋃ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆ infty ∞ partial ∂ nabla ∇
  forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ neg ¬ lnot ¬ aleph ℵ beth ℶ gimel ℷ hbar ℏ hslash ℏ ell ℓ wp ℘
  Re Re Im Im imath ı jmath ȷ top ⊤ bot ⊥ angle ∠ measuredangle ∡ triangle △ vartriangle △ square □ Box □ blacksquare ■
  Diamond ◇ lozenge ◊ blacklozenge ⧫ bigstar ★ flat ♭ natural ♮ sharp ♯ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠
  prime ′ backprime ‵ surd √ degree ° deg ° textdegree ° ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ dotsm ⋯
  textellipsis … langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖
  lbrace { rbrace } lbrack [ rbrack ] lbracket [ ulcorner ⌜ urcorner ⌝ llcorner ⌞ lrcorner ⌟ backslash \\ colon : slash /
  therefore ∴ because ∵ complement ∁ eth ð mho ℧ circledR ® circledS Ⓢ checkmark ✓ maltese ✠ S § P ¶ copyright ©
  textcopyright © textregistered ® texttrademark ™ pounds £ textsterling £ euro € texteuro € yen ¥ cent ¢ textcent ¢
  guillemotleft « guillemotright » textmu µ textmicro µ micro µ textohm Ω ohm Ω celsius ℃ textcelsius ℃ permil ‰
  textperthousand ‰ textless < textgreater > textbar | textbackslash \\ textasciitilde ~ textasciicircum ^ textunderscore _
  textdollar $ textquotedblleft “ textquotedblright ” textquoteleft ‘ textquoteright ’ quotedblbase „ textquotedbl "
  textendash – textemdash — textbullet • textasteriskcentered * texttimes × textpm ± textdagger † textdaggerdbl ‡
  textparagraph ¶ textsection § textonehalf ½ textonesuperior ¹ texttwosuperior ² textthreesuperior ³ textperiodcentered ·
  textrightarrow → textleftarrow ← textrangle ⟩ textlangle ⟨ lq ‘ rq ’ LaTeX LaTeX LaTeXe LaTeX2e TeX TeX BibTeX BibTeX
  pdfLaTeX pdfLaTeX intercal ⊺ curvearrowright ↷ curvearrowleft ↶ circlearrowleft ↺ circlearrowright ↻ upharpoonright ↾
  restriction ↾ upharpoonleft ↿ leftthreetimes ⋋ rightthreetimes ⋌ curlywedge ⋏ curlyvee ⋎ sun ☉ astrosun ☉ earth ⊕
  female ♀ male ♂ Bbbk 𝕜`;

const GREEK_LETTERS = table(GREEK);

/** Every symbol command, relations among them, that means one fixed string. */
export const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ...GREEK_LETTERS,
  ...RELATIONS,
  ...table(OTHERS),
]);

/** Operators that TeX sets upright by name. */
export const OPERATORS: ReadonlySet<string> = new Set(
  `arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf injlim ker lg lim liminf limsup ln log
  max min plim Pr projlim sec sin sinh sup tan tanh bmod mod`.split(/\s+/),
);

/** A command's Greek or symbol name cut by an accent: arXiv's converters made `\b{eta}` of β, `\r{ho}` of ρ. */
export function brokenGreek(accent: string, rest: string): string | undefined {
  return rest.length > 1 ? GREEK_LETTERS.get(accent + rest) : undefined;
}

/** MathJax's `\unicode{x2013}`: the character, if it is one to be seen and none that means something to TeX. */
export function codePoint(hexadecimal: string): string {
  const digits = /^\s*x([0-9a-fA-F]{2,5})\s*$/.exec(hexadecimal)?.[1];
  const character = digits === undefined ? '' : String.fromCodePoint(Number.parseInt(digits, 16));
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) && !/[\\{}$%#&^_~]/.test(character) ? character : '';
}

function table(text: string): ReadonlyMap<string, string> {
  const words = text.trim().split(/\s+/);
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < words.length; at += 2) pairs.push([words[at] ?? '', words[at + 1] ?? '']);
  return new Map(pairs);
}
