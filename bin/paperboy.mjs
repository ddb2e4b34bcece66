#!/usr/bin/env node
/** The command line, `paperboy`; see `paperboy --help`. */
import { launch } from './launch.mjs';

await launch(process.argv.slice(2));
