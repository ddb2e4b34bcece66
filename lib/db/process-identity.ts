/**
 * Tells one process from a later one with the same number. Numbers are given out again, and in a container that was
 * restarted the very first ones are, to programs that look the same.
 */
import { readFileSync } from 'node:fs';

/**
 * When the process started, as the kernel counts it (proc(5): field 22 of /proc/PID/stat, with the boot's own id);
 * null when it does not run, an empty text where the system does not tell.
 */
export function processIdentity(pid: number): string | null {
  if (!isRunning(pid)) return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, which may hold spaces and parentheses itself.
    const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${startedAt}`;
  } catch {
    // No /proc here (macOS), or the process ended in this instant; the next look will tell.
    return '';
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another account.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
