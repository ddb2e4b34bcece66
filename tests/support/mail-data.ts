/** Where recorded data is, if it is: beside the project, or where PAPERBOY_DATA says. */
import { join } from 'node:path';

export const recordedData = process.env.PAPERBOY_DATA ?? join(import.meta.dirname, '../../../shared/data');
