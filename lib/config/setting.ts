/** What is said of a setting, whatever it sets. */

/** One variable, as a person who sets it wants to know it. */
export type Setting = {
  readonly name: string;
  readonly meaning: string;
  /** What happens without it, in words or as its value. */
  readonly default: string;
  /** Completes "… is expected". */
  readonly expected: string;
  readonly example: string;
  readonly isSecret: boolean;
};

export const SECRET_LENGTH_MIN = 16;
