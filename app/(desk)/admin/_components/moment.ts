const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** `24 Nov, 07:01 UTC` */
export function formatMoment(instant: Date): string {
  return `${moment.format(instant)} UTC`;
}
