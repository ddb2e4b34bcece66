/** One set-up at a time for one clone: two `npm ci` at once would delete each other's packages. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;
const WAIT_MS_MAX = 600_000;

/** Runs `work` while no other process sets up `root`. A lock whose holder is dead is taken over. */
export async function holdingSetUpLock(root, work) {
  // Not inside the clone: node_modules is what an install deletes, and a crash would leave a file for git to show.
  const name = createHash('sha256').update(`${userInfo().uid} ${root}`).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `paperboy-set-up-${name}.lock`);
  await take(path);
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function take(path) {
  for (let waitedMs = 0; waitedMs < WAIT_MS_MAX; waitedMs += POLL_MS) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld(path)) rmSync(path, { force: true });
    else if (waitedMs === 0) process.stderr.write('Waiting for another Paperboy that is installing …\n');
    await sleep(POLL_MS);
  }
  throw new Error(`Another process has been installing for ten minutes. If none is, delete ${path}.`);
}

function isHeld(path) {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another account. ENOENT: released in this instant.
    return error.code === 'EPERM';
  }
}
