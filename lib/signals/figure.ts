/** Counts as remotes send them, before anything is known to be true of them. */
import { z } from 'zod';

/** The largest value of a column `integer`. */
const INT4_MAX = 2_147_483_647;

/** A whole number that the database can hold; anything else, or nothing, is null. */
export const Count = z.int().min(0).max(INT4_MAX).nullable().catch(null);
