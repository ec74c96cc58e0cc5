// @ts-check
import { t } from './i18n/index.js';
import { state } from './state.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Beijing has had one offset since 1991; deadlines are of now. */
const beijingOffset = 8 * hour;

/** @typedef {'overdue' | 'today' | 'later' | 'none'} Urgency */

/** @param {string | null | undefined} due RFC 3339 @param {number} [now] milliseconds @returns {Urgency} */
export function urgency(due, now = Date.now()) {
  if (!due) return 'none';
  const at = Date.parse(due);
  if (at <= now) return 'overdue';
  // A deadline at midnight belongs to the day that ends then.
  return dayNumber(at - 1) === dayNumber(now) ? 'today' : 'later';
}

/** @param {number} at @returns {number} Beijing days since the epoch */
const dayNumber = (at) => Math.floor((at + beijingOffset) / day);

/** @param {number} at @returns {string} */
const weekday = (at) =>
  new Intl.DateTimeFormat(state().lang === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'UTC', weekday: 'short' }).format(
    at + beijingOffset,
  );

/**
 * A deadline as people say it: the end of a day is that day's 24:00, with its weekday, in Beijing time.
 * @param {string} due RFC 3339 @returns {string} `2026-11-25（周三）24:00`
 */
export function dueText(due) {
  const at = Date.parse(due);
  const local = at + beijingOffset;
  const midnight = local % day === 0;
  const shown = new Date(midnight ? local - 1 : local).toISOString();
  return t('dueAt', {
    day: shown.slice(0, 10),
    weekday: weekday(midnight ? at - 1 : at),
    time: midnight ? '24:00' : shown.slice(11, 16),
  });
}

/** @param {number} milliseconds @returns {string} the two largest units */
export function spanText(milliseconds) {
  const days = Math.floor(milliseconds / day);
  const hours = Math.floor((milliseconds % day) / hour);
  const minutes = Math.floor((milliseconds % hour) / minute);
  if (days > 0) return hours > 0 ? t('daysHours', { d: days, h: hours }) : t('daysN', { d: days });
  if (hours > 0) return minutes > 0 ? t('hoursMinutes', { h: hours, m: minutes }) : t('hoursN', { h: hours });
  return t('minutesN', { m: Math.max(1, minutes) });
}

/** @param {string} due RFC 3339 @param {number} [now] @returns {string} what is left, or by how much it is late */
export function leftText(due, now = Date.now()) {
  const left = Date.parse(due) - now;
  return left > 0 ? t('left', { span: spanText(left) }) : t('lateBy', { span: spanText(-left) });
}

/** @param {string} day `2026-11-25` @returns {string} with its weekday */
export const dayText = (day) => {
  const at = Date.parse(`${day}T00:00:00+08:00`);
  return Number.isNaN(at) ? day : t('dayWeekday', { day, weekday: weekday(at) });
};

/** @param {number} [now] @returns {string} today in Beijing, `2026-11-25` */
export const todayText = (now = Date.now()) => new Date(now + beijingOffset).toISOString().slice(0, 10);
