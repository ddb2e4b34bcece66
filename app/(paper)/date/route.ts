import { parseDay } from '#lib/papers/day.ts';

/** Where the day picker's form leads: on to the page of the day it names, or to the page for days that are none. */
export function GET(request: Request): Response {
  const text = new URL(request.url).searchParams.get('day') ?? '';
  const day = text === '' ? null : (parseDay(text) ?? 'unknown');
  return new Response(null, { status: 303, headers: { Location: day === null ? '/' : `/date/${day}` } });
}
