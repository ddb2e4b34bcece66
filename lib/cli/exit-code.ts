/** What a command's exit code means; `paperboy --help` says the same. 69 and 78 are those of BSD's sysexits.h. */
export const EXIT = {
  ok: 0,
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** A source, or the network to it, could not be reached; a later try may do. */
  unavailable: 69,
  /** The settings are wrong. */
  configuration: 78,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
