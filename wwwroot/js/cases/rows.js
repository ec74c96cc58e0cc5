// @ts-check
import { dueText, leftText, urgency } from '../deadline.js';
import { h } from '../dom.js';
import { rowButton } from '../frame/parts.js';
import { tCode, timeText } from '../i18n/index.js';
import { areaName, categoryName, gridShort } from '../names.js';
import { set, state } from '../state.js';

/** @typedef {import('../types.js').Feature} Feature */

/** @param {Record<string, any>} p @returns {string} community and grid */
export const placeText = (p) => (p.grid ? `${areaName(p.community)} ${gridShort(p.grid)}` : areaName(p.community));

/** What it is and what it is called; a name that says the category stands alone. @param {Record<string, any>} p */
const titleText = (p) => {
  const category = categoryName(p.category);
  return p.name ? (String(p.name).includes(category) ? p.name : `${category} · ${p.name}`) : category;
};

/** @param {Record<string, any>} p properties of an issue @returns {Node | string} nothing where no limit runs */
export const dueMark = (p) =>
  p.due_at && p.open
    ? h(
        'span',
        { class: `due is-${p.overdue ? 'overdue' : urgency(p.due_at)}`, title: dueText(p.due_at) },
        leftText(p.due_at),
      )
    : '';

/** Opens the detail; Back leads to the list again. @param {string} id */
export const openIssue = (id) =>
  set({ selected: `issue:${id}`, panel: true, sheet: state().sheet === 'peek' ? 'half' : state().sheet });

/** An issue as a row of a panel. @param {Feature} feature */
export function caseRow({ properties: p }) {
  const key = `issue:${p.id}`;
  return rowButton({
    key: `issue-${p.id}`,
    title: titleText(p),
    note: [tCode('state', p.state), placeText(p), timeText(p.found_at), p.description ?? '']
      .filter(Boolean)
      .join(' · '),
    end: dueMark(p),
    open: () => openIssue(p.id),
    hover: (on) => set({ hover: on ? key : '' }),
  });
}
