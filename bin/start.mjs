/** `npm start`: everything from a fresh clone to a running site. `--dev` serves the development build. */
import { launch } from './launch.mjs';

await launch(['serve', ...process.argv.slice(2)]);
