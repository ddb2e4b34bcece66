/**
 * Preloaded (`node --import`) into the processes an instance starts, Next's among them: they end when the instance
 * is gone, even when it was killed and could not tell them. The sign is the end of their IPC channel.
 */
const LEAVE_MS_MAX = 5_000;

/** Workers that such a process forks inherit the preload; theirs is another parent, and their channel is in use. */
const parent = Number(new URL(import.meta.url).searchParams.get('parent'));

if (process.ppid === parent) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), LEAVE_MS_MAX).unref();
  });
  // Listening must not keep a process alive that has nothing else to do.
  process.channel?.unref();
}
