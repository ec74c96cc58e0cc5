// @ts-check
import { h } from '../dom.js';

/** The table on the screen as a file that spreadsheets read: what is shown is what is saved, row by row. */

/** @typedef {import('./table.js').Column} Column @typedef {import('./classes.js').Cell} Cell */

/** @param {string} name @param {readonly Column[]} columns @param {readonly Cell[]} rows */
export function download(name, columns, rows) {
  const lines = [
    columns.map(({ text }) => quoted(text)),
    ...rows.map((cell) =>
      columns.map((column) => quoted(column.number ? column.value(cell) : (column.show?.(cell) ?? column.value(cell)))),
    ),
  ];
  // The mark at the front tells spreadsheets that this is UTF-8.
  const text = `\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = h('a', { href: url, download: `${name.replace(/[\\/:*?"<>|]+/g, ' ')}.csv` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** A text that would begin a formula is disarmed with an apostrophe. @param {string | number | null | undefined} value */
export function quoted(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
