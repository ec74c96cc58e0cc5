// @ts-check
import { get, send } from '../api.js';
import { t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { categoryName, streetCode } from '../names.js';
import { register } from '../parts/register.js';
import { categoryOptions } from './choices.js';

/** @typedef {{ street: string | null, category: string | null, stage: string, unit: string, amount: number }} Rule */

const stages = ['file', 'reply', 'rectify'];
const units = ['working_hour', 'urgent_working_hour', 'working_day', 'urgent_working_day'];

/** Time limits by stage, category and street. @type {import('./panel.js').MakeSection} */
export function clocksSection(redraw, mayWrite) {
  const loader = /** @type {Loader<{ rules: Rule[] }>} */ (new Loader());
  const load = () => loader.load((signal) => get('/api/clock-rules', { street: streetCode() }, signal));
  const keyOf = (/** @type {Rule} */ { category, stage }) => `${category ?? ''}/${stage}`;
  const content = () =>
    register({
      key: 'clocks',
      title: t('admin_clocks'),
      hint: t('clocksHint'),
      loader,
      rows: ({ rules }) => rules,
      id: (row) => `${row.street ?? ''}/${keyOf(row)}`,
      name: (row) => `${tCode('stage', row.stage)} ${row.category ? categoryName(row.category) : t('allCategories')}`,
      columns: [
        { text: t('stage'), value: ({ stage }) => tCode('stage', stage) },
        { text: t('category'), value: ({ category }) => (category ? categoryName(category) : t('allCategories')) },
        { text: t('limit'), value: ({ amount, unit }) => `${amount} ${tCode('unit', unit)}`, number: true },
        { text: t('validFor'), value: ({ street }) => (street ? t('thisStreet') : t('everyStreet')) },
      ],
      ...(mayWrite
        ? {
            addText: t('addRule'),
            fields: (/** @type {Rule | null} */ row) => [
              select('stage', t('stage'), stages, 'stage', row?.stage ?? 'reply'),
              {
                name: 'category',
                label: t('category'),
                kind: /** @type {const} */ ('select'),
                value: row?.category ?? '',
                options: categoryOptions(t('allCategories')),
              },
              {
                name: 'amount',
                label: t('limit'),
                kind: /** @type {const} */ ('number'),
                required: true,
                min: 1,
                max: 1000,
                value: row?.amount ?? 2,
              },
              select('unit', t('unitOf'), units, 'unit', row?.unit ?? 'working_day'),
            ],
            save: async (/** @type {Record<string, any>} */ values) => {
              // The street's own rules are sent as a whole; a rule for every street is never changed from here.
              const rule = {
                stage: values.stage,
                category: values.category || null,
                unit: values.unit,
                amount: values.amount,
              };
              const own = (loader.data?.rules ?? [])
                .filter(({ street }) => street !== null)
                .filter((each) => keyOf(each) !== keyOf({ ...rule, street: null }))
                .map(({ stage, category, unit, amount }) => ({ stage, category, unit, amount }));
              await send(
                'PUT',
                '/api/clock-rules',
                { rules: [...own, rule].map(withoutNull) },
                { query: { street: streetCode() } },
              );
            },
          }
        : {}),
      empty: t('noRules'),
      redraw,
      reload: load,
    });
  return { content, load, signals: [loader.signal] };
}

/** @param {Record<string, any>} rule */
const withoutNull = (rule) => Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== null));

/** @param {string} name @param {string} label @param {string[]} codes @param {string} prefix @param {string} value @returns {import('../parts/form.js').Field} */
const select = (name, label, codes, prefix, value) => ({
  name,
  label,
  kind: 'select',
  required: true,
  value,
  options: codes.map((each) => ({ value: each, text: tCode(prefix, each) })),
});
