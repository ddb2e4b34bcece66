/**
 * Preloaded (`node --import`) into the processes of an instance, including Next's: they end when the instance ends, even
 * if it was killed and could not signal them. They notice by the end of their IPC channel.
 */
const LEAVE_MS_MAX = 5_000;

/** Processes that such a process forks inherit the preload, but have another parent and use their channel themselves. */
const parent = Number(new URL(import.meta.url).searchParams.get('parent'));

if (process.ppid === parent) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), LEAVE_MS_MAX).unref();
  });
  // The listener must not keep a process alive that is otherwise done.
  process.channel?.unref();
}
