/**
 * Milliseconds of processor time that `work` takes in this thread. A clock on the wall would count what other processes
 * of a busy machine take meanwhile.
 */
export function processorMs(work: () => void): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}
