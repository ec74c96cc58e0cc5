// @ts-check
import { get, send } from '../api.js';
import { todayText } from '../deadline.js';
import { t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { areaName, categoryName, streetCode } from '../names.js';
import { forgetBodies } from '../ownership/bodies.js';
import { findingsNote } from '../ownership/findings.js';
import { actButton } from '../parts/actButton.js';
import { confirmed } from '../parts/confirm.js';
import { register } from '../parts/register.js';
import { set } from '../state.js';
import { areaOptions, bodyName, bodyOptions, categoryOptions, loadChoices } from './choices.js';

/**
 * @typedef {{ code: string, name: string, kind: string, kind_name?: string }} Body
 * @typedef {{ code: string, name: string | null, category: string | null, level: string | null, area: string | null, body: string,
 *   body_name?: string, role: 'lead' | 'cooperating', leader_role: string | null, from: string | null, to: string | null }} Duty
 * @typedef {{ code: string, name: string, role: string, role_name?: string, level: string | null, area: string | null,
 *   building: string | null, unit: string | null, from: string | null, to: string | null }} Person
 */

const bodyKinds = [
  'section',
  'station',
  'community',
  'task_force',
  'property',
  'police',
  'enforcement',
  'market_supervision',
  'traffic_police',
  'discipline',
  'party_branch',
  'district_department',
  'external',
];
const peopleRoles = [
  'grid_chief',
  'grid_worker',
  'building_chief',
  'unit_chief',
  'street_chief',
  'road_chief',
  'lane_chief',
  'house_chief',
  'shop_chief',
  'leader_in_charge',
  'community_secretary',
];

/** @param {readonly string[]} codes @param {string} prefix */
const codeOptions = (codes, prefix) => codes.map((value) => ({ value, text: tCode(prefix, value) }));

/** What was left empty is not sent. @param {Record<string, any>} values */
const filled = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== null));

/** @param {{ area: string | null }} row */
const areaText = ({ area }) => (area ? areaName(area) : t('wholeStreet'));

/** @param {{ from: string | null, to: string | null }} row */
const daysText = ({ from, to }) => `${from ?? '…'} – ${to ?? '…'}`;

/** Responsible bodies of the street. @type {import('./panel.js').MakeSection} */
export function bodiesSection(redraw, mayWrite) {
  const loader = /** @type {Loader<{ bodies: Body[] }>} */ (new Loader());
  const load = () => loader.load((signal) => get('/api/bodies', { street: streetCode() }, signal));
  const content = () =>
    register({
      key: 'bodies',
      title: t('admin_bodies'),
      hint: t('bodiesHint'),
      loader,
      rows: ({ bodies }) => bodies,
      id: ({ code }) => code,
      name: ({ name }) => name,
      columns: [
        { text: t('name'), value: ({ name }) => name },
        { text: t('kind'), value: ({ kind, kind_name: name }) => name ?? tCode('bodyKind', kind) },
        { text: t('code'), value: ({ code }) => code, narrow: false },
      ],
      ...(mayWrite
        ? {
            fields: (/** @type {Body | null} */ row) => [
              ...(row ? [] : [{ name: 'code', label: t('code'), required: true, maxLength: 64 }]),
              { name: 'name', label: t('name'), required: true, value: row?.name, maxLength: 200 },
              {
                name: 'kind',
                label: t('kind'),
                kind: /** @type {const} */ ('select'),
                required: true,
                value: row?.kind ?? 'section',
                options: codeOptions(bodyKinds, 'bodyKind'),
              },
            ],
            save: async (/** @type {Record<string, any>} */ { code, ...values }, /** @type {Body | null} */ row) => {
              await send('PUT', `/api/bodies/${encodeURIComponent(row?.code ?? code)}`, values, {
                query: { street: streetCode() },
              });
              forgetBodies();
            },
          }
        : {}),
      empty: t('noBodies'),
      redraw,
      reload: load,
    });
  return { content, load, signals: [loader.signal] };
}

/** Who owns which kind of problem where. @type {import('./panel.js').MakeSection} */
export function dutiesSection(redraw, mayWrite) {
  const loader = /** @type {Loader<{ duties: Duty[] }>} */ (new Loader());
  const findings = /** @type {Loader<import('../types.js').Features>} */ (new Loader());
  const load = async () => {
    await Promise.all([
      loadChoices(),
      loader.load((signal) => get('/api/duties', { street: streetCode(), at: todayText() }, signal)),
      findings.load((signal) => get('/api/ownership/findings', { street: streetCode() }, signal)),
    ]);
    redraw();
  };
  /** @param {Duty} row */
  const end = async (row) => {
    const agreed = await confirmed({
      title: t('endDuty'),
      changes: [
        t('willEndDuty', { n: 1, body: row.body_name ?? bodyName(row.body), area: areaText(row), day: todayText() }),
      ],
      yes: t('endDuty'),
      danger: true,
    });
    if (!agreed) return;
    await send(
      'POST',
      `/api/duties/${encodeURIComponent(row.code)}/end`,
      { on: todayText() },
      { query: { street: streetCode() } },
    );
    await load();
  };
  const content = () =>
    register({
      key: 'duties',
      title: t('admin_duties'),
      hint: t('dutiesHint'),
      loader,
      rows: ({ duties }) => duties,
      id: ({ code }) => code,
      name: ({ name, code }) => name ?? code,
      hover: (key) => {
        const area = loader.data?.duties.find(({ code }) => code === key);
        set({ hover: area?.area ? `${area.level}:${area.area}` : '' });
      },
      before: () => [findingsNote(findings)],
      columns: [
        { text: t('category'), value: ({ category }) => (category ? categoryName(category) : t('allCategories')) },
        { text: t('areaOf'), value: areaText },
        { text: t('bodyName'), value: (row) => row.body_name ?? bodyName(row.body) },
        { text: t('roleOf'), value: ({ role }) => tCode('taskRole', role) },
        { text: t('leaderTitle'), value: ({ leader_role: title }) => title ?? '', narrow: false },
        { text: t('validity'), value: daysText, narrow: false },
      ],
      ...(mayWrite
        ? {
            fields: (/** @type {Duty | null} */ row) => dutyFields(row),
            save: async (/** @type {Record<string, any>} */ { code, ...values }, /** @type {Duty | null} */ row) =>
              send('PUT', `/api/duties/${encodeURIComponent(row?.code ?? code)}`, filled(values), {
                query: { street: streetCode() },
              }),
            buttons: (/** @type {Duty} */ row) => [
              actButton({ key: `end-${row.code}`, text: t('endDuty'), look: 'link', run: () => end(row) }),
            ],
          }
        : {}),
      empty: t('noDuties'),
      redraw,
      reload: load,
    });
  return { content, load, signals: [loader.signal, findings.signal] };
}

/** @param {Duty | null} row @returns {import('../parts/form.js').Field[]} */
const dutyFields = (row) => [
  ...(row ? [] : [{ name: 'code', label: t('code'), required: true, maxLength: 64, hint: t('dutyCodeHint') }]),
  { name: 'name', label: t('dutyName'), value: row?.name ?? '', maxLength: 200 },
  {
    name: 'category',
    label: t('category'),
    kind: 'select',
    value: row?.category ?? '',
    options: categoryOptions(t('allCategories')),
  },
  { name: 'area', label: t('areaOf'), kind: 'select', value: row?.area ?? '', options: areaOptions() },
  {
    name: 'body',
    label: t('bodyName'),
    kind: 'select',
    required: true,
    value: row?.body ?? '',
    options: bodyOptions(t('choose')),
  },
  {
    name: 'role',
    label: t('roleOf'),
    kind: 'select',
    required: true,
    value: row?.role ?? 'lead',
    options: codeOptions(['lead', 'cooperating'], 'taskRole'),
  },
  { name: 'leader_role', label: t('leaderTitle'), value: row?.leader_role ?? '', maxLength: 100 },
  { name: 'from', label: t('validFromDay'), kind: 'date', required: true, value: todayText() },
  { name: 'to', label: t('validToDay'), kind: 'date', value: row?.to ?? '' },
];

/** People on the grids, by their titles. @type {import('./panel.js').MakeSection} */
export function peopleSection(redraw, mayWrite) {
  const loader = /** @type {Loader<{ people: Person[] }>} */ (new Loader());
  const load = () => loader.load((signal) => get('/api/people', { street: streetCode(), at: todayText() }, signal));
  const content = () =>
    register({
      key: 'people',
      title: t('admin_people'),
      hint: t('peopleHint'),
      loader,
      rows: ({ people }) => people,
      id: ({ code }) => code,
      name: ({ name }) => name,
      columns: [
        { text: t('peopleRole'), value: ({ role, role_name: name }) => name ?? tCode('peopleRole', role) },
        { text: t('name'), value: ({ name }) => name },
        { text: t('areaOf'), value: areaText },
        {
          text: t('building'),
          value: ({ building, unit }) => [building, unit].filter(Boolean).join(' '),
          narrow: false,
        },
        { text: t('validity'), value: daysText, narrow: false },
      ],
      ...(mayWrite
        ? {
            fields: (/** @type {Person | null} */ row) => [
              ...(row ? [] : [{ name: 'code', label: t('code'), required: true, maxLength: 64 }]),
              {
                name: 'name',
                label: t('displayName'),
                required: true,
                value: row?.name,
                maxLength: 200,
                hint: t('displayNameHint'),
              },
              {
                name: 'role',
                label: t('peopleRole'),
                kind: /** @type {const} */ ('select'),
                required: true,
                value: row?.role ?? 'grid_chief',
                options: codeOptions(peopleRoles, 'peopleRole'),
              },
              {
                name: 'area',
                label: t('areaOf'),
                kind: /** @type {const} */ ('select'),
                value: row?.area ?? '',
                options: areaOptions(),
              },
              { name: 'building', label: t('building'), value: row?.building ?? '', maxLength: 100 },
              { name: 'unit', label: t('unit'), value: row?.unit ?? '', maxLength: 100 },
              {
                name: 'from',
                label: t('validFromDay'),
                kind: /** @type {const} */ ('date'),
                required: true,
                value: todayText(),
              },
              { name: 'to', label: t('validToDay'), kind: /** @type {const} */ ('date'), value: row?.to ?? '' },
            ],
            save: async (/** @type {Record<string, any>} */ { code, ...values }, /** @type {Person | null} */ row) =>
              send('PUT', `/api/people/${encodeURIComponent(row?.code ?? code)}`, filled(values), {
                query: { street: streetCode() },
              }),
          }
        : {}),
      empty: t('noPeople'),
      redraw,
      reload: load,
    });
  return { content, load, signals: [loader.signal] };
}
