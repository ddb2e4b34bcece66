/** The two voices of a command: what it is doing, and what it has to answer. */

/** Progress and remarks; never part of an answer. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The answer. With `--json` it is one line, the last on standard output. */
export function answer(isJson: boolean, object: object, text: string): void {
  process.stdout.write(isJson ? `${JSON.stringify(object)}\n` : `${text}\n`);
}
