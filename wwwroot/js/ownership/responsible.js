// @ts-check
import { h } from '../dom.js';
import { field } from '../frame/parts.js';
import { t, tCode } from '../i18n/index.js';
import { areaName, categoryName } from '../names.js';
import { state } from '../state.js';

/**
 * @typedef {{ code: string, name: string, kind?: string }} Body
 * @typedef {{ lead: Body | null, cooperating: Body[], leader_role: string | null, tie: boolean,
 *   duty: { code: string, name: string | null, category: string | null, level: string | null, area: string | null,
 *     from: string | null, to: string | null } | null }} Responsible
 * @typedef {{ role: string, roleName?: string, roleNameEn?: string, name: string, level: string | null, area: string | null,
 *   building?: string | null, unit?: string | null }} Person
 */

/** Which body answers here for the kind of problem chosen, and the duty that says so. @param {Record<string, any>} data */
export function responsibleCard(data) {
  const responsible = /** @type {Responsible | null} */ (data.responsible ?? null);
  const { category } = state();
  const title = h(
    'h3',
    { class: 'small-title' },
    category ? t('responsibleFor', { category: categoryName(category) }) : t('responsible'),
  );
  if (!responsible?.lead)
    return [title, h('p', { class: 'message is-warning' }, t(category ? 'unownedHere' : 'chooseCategory'))];
  const { lead, cooperating, leader_role: leader, duty, tie } = responsible;
  return [
    title,
    tie ? h('p', { class: 'message is-warning' }, t('twoLeadsHere')) : null,
    h(
      'dl',
      { class: 'fields owner', data: { lead: lead.code } },
      field(t('leadBody'), lead.name),
      cooperating?.length ? field(t('cooperatingBodies'), cooperating.map(({ name }) => name).join('、')) : null,
      leader ? field(t('leaderTitle'), leader) : null,
      duty ? field(t('decidedBy'), dutyText(duty), duty.code) : null,
    ),
  ];
}

/** @param {NonNullable<Responsible['duty']>} duty */
const dutyText = (duty) =>
  [
    duty.name ?? (duty.category ? categoryName(duty.category) : t('allCategories')),
    duty.area ? areaName(duty.area) : t('wholeStreet'),
    duty.from ? t('since', { day: duty.from }) : '',
  ]
    .filter(Boolean)
    .join(' · ');

/** Every kind of problem with its lead body, where no kind was chosen. @param {Record<string, any>} data */
export function allDuties(data) {
  const duties = /** @type {{ category: string, lead: Body | null, cooperating: Body[] }[]} */ (data.duties ?? []);
  if (!duties.length || state().category) return null;
  return h(
    'details',
    { class: 'more-filters' },
    h('summary', null, t('dutiesHere', { n: duties.length })),
    h(
      'dl',
      { class: 'fields' },
      ...duties.map(({ category, lead }) =>
        field(category ? categoryName(category) : t('allCategories'), lead?.name ?? t('rule_unowned')),
      ),
    ),
  );
}

/** People on the grid, by their titles. @param {Record<string, any>} data */
export function peopleHere(data) {
  const people = /** @type {Person[]} */ (data.people ?? []);
  return [
    h('h3', { class: 'small-title' }, t('peopleHere')),
    people.length
      ? h(
          'dl',
          { class: 'fields people' },
          ...people.map((person) =>
            field(
              (state().lang === 'en' && person.roleNameEn) || person.roleName || tCode('peopleRole', person.role),
              person.name,
              [person.building, person.unit].filter(Boolean).join(' ') || null,
            ),
          ),
        )
      : h('p', { class: 'quiet' }, t('noPeopleHere')),
  ];
}
