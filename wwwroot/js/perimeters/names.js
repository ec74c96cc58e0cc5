// @ts-check
import { venueCategoryName } from '../names.js';
import { state } from '../state.js';
import { book, compliance } from './loads.js';

/** What rules and categories are called in the language of the page. */

/** @param {{ rule: string, rule_name?: string }} row */
export function ruleOf(row) {
  const english = state().lang === 'en' ? book.data?.rules.find(({ id }) => id === row.rule)?.name_en : '';
  return english || row.rule_name || row.rule;
}

/** @param {string} id */
export function ruleText(id) {
  const rule = book.data?.rules.find((each) => each.id === id);
  const name = rule?.name ?? compliance.data?.rows.find((row) => row.rule === id)?.rule_name;
  return ruleOf({ rule: id, rule_name: name });
}

/** @param {{ category: string, category_name?: string }} row */
export const categoryOf = (row) =>
  state().lang === 'en' || !row.category_name ? venueCategoryName(row.category) : row.category_name;
