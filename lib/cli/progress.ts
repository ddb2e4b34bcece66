/** A progress bar for a terminal; nothing is drawn elsewhere. */

export type Progress = {
  update(done: number, note: string): void;
  /** Clears the bar. */
  end(): void;
};

export type ProgressOutput = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): void;
};

const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\u001b[2K';

/** @param total what `done` will reach; null if unknown: then only the note is shown. */
export function createProgress(output: ProgressOutput, label: string, total: number | null): Progress {
  if (output.isTTY !== true) return { update: () => {}, end: () => {} };
  const draw = (done: number, note: string) => {
    const line =
      total === null ? `${label} ${note}` : formatProgress(label, total === 0 ? 1 : done / total, note);
    output.write(`${CLEAR_LINE}${line.slice(0, (output.columns ?? 80) - 1)}`);
  };
  draw(0, '');
  return { update: draw, end: () => output.write(CLEAR_LINE) };
}

/** `Ingesting ████████░░░░░░░░ 50 % 1,200 papers` */
export function formatProgress(label: string, fraction: number, note: string): string {
  const part = Math.min(1, Math.max(0, fraction || 0));
  const filled = Math.round(part * BAR_WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  return `${label} ${bar} ${String(Math.floor(part * 100)).padStart(3)} % ${note}`.trimEnd();
}
