/** One line of `doctor`. `warn`: it runs, but somebody should know. */
export type Finding = {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly detail: string;
};
