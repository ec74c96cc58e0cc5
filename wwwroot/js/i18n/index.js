// @ts-check
import { state } from '../state.js';
import { en } from './en.js';
import { zh } from './zh-CN.js';

/** @typedef {keyof typeof zh} TextKey */

const dictionaries = { 'zh-CN': zh, en };

/** @param {TextKey} key @param {Record<string, string | number>} [values] @returns {string} */
export function t(key, values = {}) {
  return dictionaries[state().lang][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

/** A text whose key is made from data, or the data itself where there is no text. @param {string} prefix @param {string} code */
export function tCode(prefix, code) {
  const key = /** @type {TextKey} */ (`${prefix}_${code}`);
  return key in zh ? t(key) : code;
}

/** @param {{ name: string, nameEn?: string } | undefined} named @param {string} [code] the name in the chosen language */
export function nameOf(named, code = '') {
  if (!named) return code;
  return (state().lang === 'en' && named.nameEn) || named.name;
}

const beijing = 'Asia/Shanghai';

/** @param {string | null | undefined} time RFC 3339 @returns {string} `2024-03-01 14:05`, Beijing time */
export function timeText(time) {
  if (!time) return '';
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: beijing,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(time));
  const of = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`;
}

/** @param {number} value @param {number} [digits] */
export const numberText = (value, digits = 0) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** @param {number} metres geodesic distance */
export function distanceText(metres) {
  if (metres >= 10000) return `${numberText(metres / 1000, 1)} ${t('kilometres')}`;
  return `${numberText(metres, metres < 100 ? 1 : 0)} ${t('metres')}`;
}

/** @param {number} squareMetres */
export function areaText(squareMetres) {
  if (squareMetres >= 100000) return `${numberText(squareMetres / 1e6, 2)} ${t('squareKilometres')}`;
  return `${numberText(squareMetres, squareMetres < 100 ? 1 : 0)} ${t('squareMetres')}`;
}
