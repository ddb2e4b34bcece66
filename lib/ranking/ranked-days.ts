/** How far back a ranking looks. */

/** Papers announced so many days before are ranked, and older ones that were observed within them. */
export const RANKED_DAYS = 31;
/** The rhythm of the readers is learned from so many days. */
export const RHYTHM_DAYS = 28;
