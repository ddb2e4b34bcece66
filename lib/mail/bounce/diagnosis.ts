/**
 * What a refusal means for an address: never again (`hard`), or perhaps another time (`soft`).
 *
 * Words come before codes. Mail systems say `550 5.1.1` of full mailboxes, and a bare `554` of users who never were;
 * RFC 3463's codes decide where the words are silent. What concerns the sender, the message or the route is soft: the
 * mailbox may be as good as ever. A wrong `soft` costs three more mails; a wrong `hard` costs a reader.
 */

export type Diagnosis = {
  /** `5.1.1`; null where none was given. */
  readonly status: string | null;
  /** Three digits of a reply; null where none was given. */
  readonly code: number | null;
  /** Everything that was said about it. */
  readonly text: string;
  /** The reporting system has not given up. */
  readonly isStillTried?: boolean;
};

/** Said in one breath with an address, these are what a refusal is about: room, spam, the sender, a local program. */
const OVERRULING_WORDS = [
  /mail ?box(?: is| was)? (?:over )?full|over ?quota|quota (?:has been )?exceed|exceed\w* (?:\w+ ){0,4}(?:quota|storage|size limit)|out of storage|insufficient (?:system |disk )?storage|not enough (?:storage|space)|disk (?:full|quota)|storage (?:space|limit)|mailfolder is full|too (?:big|large)/,
  /spam|junk|bulk mail|blocked|black ?list|block ?list|dnsbl|\brbl\b|spamhaus|barracuda|reputation|unsolicited|virus|malware|phish|prohibited|content (?:reject|filter|presents)|attachment (?:type|file|name|reject|block|not)/,
  /\bspf\b|\bdkim\b|\bdmarc\b|authenticat|unauthenticated|not authorized|unauthori[sz]ed|reverse dns|\bptr\b|tls (?:is )?required|starttls|certificate/,
  /relay(?:ing)? (?:access )?denied|unable to relay|not permitted to relay|relay not permitted|relaying|open relay|access denied/,
  /(?:sender|from) address|domain of sender|sender (?:domain|verify|denied|rejected|is not)|return(?:-| )path|envelope sender|after mail from|mail from (?:address|domain|command)|bad sender/,
  /rate limit|too many|too fast|throttl|try again later|temporar|greylist/,
  /couldn't create|can't create|unable to create|command (?:output|died|failed)|procmail/,
  /disabled|suspended|inactive|deactivated|locked/,
  // Unknown only once the whole message was there: a filter that speaks as a mailbox does.
  /in reply to end of data/,
];

/** About us, our message, the mailbox's room or the way there: whatever the code, the address may be good. */
const SOFT_WORDS = [
  ...OVERRULING_WORDS,
  /deferred|connection (?:refused|timed out|reset)|timed? ?out|\btimeout\b|lost connection|unreachable|no route|loop|too many hops/,
  /policy|denied|not accepted due|message (?:rejected|refused|was refused)|content|rfc ?5322|non-compliant|duplicate header|syntax error/,
  /config(?:uration)? error|internal error|local error|resources|expired account|account (?:is|has been) closed|service is not active/,
];

/** The mailbox or its domain does not exist, or has moved. */
const HARD_WORDS = [
  /user ?(?:is )?(?:unknown|not found|doesn'?t exist|does not exist)|unknown (?:user|recipient|mailbox|address|local[ -]?part)|no such (?:user|recipient|mailbox|address|account|person|local)|(?:user|recipient|mailbox|address|account|login)[^.;]{0,40}(?:unknown|does not exist|doesn'?t exist|not found|not exist|no longer exist)/,
  /(?:invalid|bad|nonexistent|non-existent|unrouteable|undeliverable) (?:recipient|user|mailbox|address|account|destination mailbox)|recipient (?:name )?is not recognized|not (?:a )?(?:known|listed|valid) (?:user|recipient|mailbox|address)|no valid recipients?|not listed in (?:domino|public)|no mailbox here|mailbox (?:not|un)available|mailbox unavailable|not our customer|this user doesn'?t have|doesn'?t have an? [\w.]+ account|isn'?t (?:a )?valid|unknown address|address unknown|recipient (?:address )?rejected: (?:user unknown|undeliverable|unknown|unverified|no such)|unable to find|not in (?:our )?directory|has no mailbox|not exist|address couldn'?t be found/,
  /host (?:or domain name )?(?:is )?(?:not found|unknown)|(?:unknown|no such) (?:host|domain)|domain (?:name )?(?:does not exist|not found|doesn'?t exist)|name service error|nxdomain|null ?mx|indicated no smtp service|(?:host|domain) does not accept mail|does not resolve|unrouteable (?:mail )?domain|illegal host/,
  /(?:user|recipient|account|mailbox|address) (?:has |is )?(?:moved|no longer|left)|has moved|no longer (?:with|valid|works|employed|exists?|available|in use)|user not local; please try/,
];

/** RFC 3463: about the address, the host, or the mailbox's having moved; and RFC 7505's null MX. */
const HARD_STATUS = /^5\.(?:1\.(?:0|1|2|3|6|10)|4\.4)$/;

/** RFC 3463: the mailbox is full, too small for the message, or has something else the matter with it. */
const MAILBOX_STATUS = /^5\.2\.[0234]$/;

/** Exchange Online refuses unknown recipients so; elsewhere the words mean policy. */
const EDGE_BLOCKING = /5\.4\.1 .*recipient address rejected: access denied/;

export function diagnose({ status, code, text, isStillTried = false }: Diagnosis): 'hard' | 'soft' {
  const words = text.toLowerCase();
  // A 4yz: the other side may think otherwise tomorrow. But a system that gave up after days of `4.1.1 user unknown`
  // was told the same each time.
  const isPassing = status === null ? code !== null && code < 500 : status.startsWith('4.');
  if (isPassing && (isStillTried || !status?.startsWith('4.1.'))) return 'soft';
  // A reporter that says so much of the mailbox knows it, whatever the words: it exists.
  if (status !== null && MAILBOX_STATUS.test(status)) return 'soft';
  if (EDGE_BLOCKING.test(words)) return 'hard';
  const isUnknown = HARD_WORDS.some((pattern) => pattern.test(words));
  if (isUnknown && !OVERRULING_WORDS.some((pattern) => pattern.test(words))) return 'hard';
  if (isUnknown || SOFT_WORDS.some((pattern) => pattern.test(words))) return 'soft';
  return status !== null && HARD_STATUS.test(status) ? 'hard' : 'soft';
}
