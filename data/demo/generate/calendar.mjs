/** Local (Beijing) time as whole minutes, without the machine's clock or time zone. */

/** The day on which the calendar of the files ends. */
export const ANCHOR = '2026-11-20';
/** Days covered, the anchor's included. */
export const DAYS = 365;

const DAY_MS = 86400000;

/** Number of the day, counted from 1970-01-01. */
export const dayNumber = (date) => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
export const dateOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
/** 0 Monday … 6 Sunday. */
export const weekday = (day) => (((day + 3) % 7) + 7) % 7;
export const month = (day) => Number(dateOf(day).slice(5, 7)) - 1;

/** First and last day of the files. */
export const LAST_DAY = dayNumber(ANCHOR);
export const FIRST_DAY = LAST_DAY - DAYS + 1;
/** Nothing in the files happens after this minute: five past midnight of the anchor day. */
export const END_MINUTE = LAST_DAY * 1440 + 5;

/** RFC 3339 with +08:00. */
export function timeText(minute) {
  const clock = ((minute % 1440) + 1440) % 1440;
  const two = (n) => String(n).padStart(2, '0');
  return `${dateOf(Math.floor(minute / 1440))}T${two(Math.floor(clock / 60))}:${two(clock % 60)}:00+08:00`;
}
