import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Files of a folder that are looked at. */
const FILES_MAX = 100_000;

/** The file `path`, or every .eml file of the folder `path` and those below it, named from there, in order. */
export async function listMessageFiles(path: string): Promise<{ path: string; name: string }[]> {
  if (!(await stat(path)).isDirectory()) return [{ path, name: path }];
  const found = await readdir(path, { withFileTypes: true, recursive: true });
  return found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .slice(0, FILES_MAX)
    .map((file) => ({ path: file, name: relative(path, file) }));
}
