// @ts-check
import { get, send } from '../api.js';
import { t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { streetCode, typeName } from '../names.js';
import { register } from '../parts/register.js';
import { pointTypeOptions } from './choices.js';

/** @typedef {{ point_type: string, shift: string, every_days: number, street: string | null, note?: string | null }} Rule */

const shifts = ['day', 'night', 'school_peak'];

/** How often points of a type are visited, in which shift. @type {import('./panel.js').MakeSection} */
export function visitRulesSection(redraw, mayWrite) {
  const loader = /** @type {Loader<{ rules: Rule[] }>} */ (new Loader());
  const load = () => loader.load((signal) => get('/api/visit-rules', { street: streetCode() }, signal));
  const keyOf = (/** @type {{ point_type: string, shift: string }} */ row) => `${row.point_type}/${row.shift}`;
  const content = () =>
    register({
      key: 'visitRules',
      title: t('admin_visitRules'),
      hint: t('visitRulesHint'),
      loader,
      rows: ({ rules }) => rules,
      id: (row) => `${row.street ?? ''}/${keyOf(row)}`,
      name: ({ point_type: type, shift }) => `${typeName(type)} ${tCode('shift', shift)}`,
      columns: [
        { text: t('type'), value: ({ point_type: type }) => typeName(type) },
        { text: t('shift'), value: ({ shift }) => tCode('shift', shift) },
        { text: t('everyDays'), value: ({ every_days: n }) => t('everyN', { n }), number: true },
        { text: t('validFor'), value: ({ street }) => (street ? t('thisStreet') : t('everyStreet')), narrow: false },
      ],
      ...(mayWrite
        ? {
            addText: t('addRule'),
            fields: (/** @type {Rule | null} */ row) => [
              {
                name: 'point_type',
                label: t('type'),
                kind: /** @type {const} */ ('select'),
                required: true,
                value: row?.point_type ?? '',
                options: row ? [{ value: row.point_type, text: typeName(row.point_type) }] : pointTypeOptions(),
              },
              {
                name: 'shift',
                label: t('shift'),
                kind: /** @type {const} */ ('select'),
                required: true,
                value: row?.shift ?? 'day',
                options: (row ? [row.shift] : shifts).map((value) => ({ value, text: tCode('shift', value) })),
              },
              {
                name: 'every_days',
                label: t('everyDays'),
                kind: /** @type {const} */ ('number'),
                required: true,
                min: 1,
                max: 366,
                value: row?.every_days ?? 7,
              },
            ],
            save: async (/** @type {Record<string, any>} */ values) => {
              const rule = /** @type {Rule} */ (values);
              const own = (loader.data?.rules ?? [])
                .filter((each) => each.street !== null && keyOf(each) !== keyOf(rule))
                .map(({ point_type, shift, every_days, note }) => ({
                  point_type,
                  shift,
                  every_days,
                  ...(note ? { note } : {}),
                }));
              await send('PUT', '/api/visit-rules', { rules: [...own, rule] }, { query: { street: streetCode() } });
            },
          }
        : {}),
      empty: t('noRules'),
      redraw,
      reload: load,
    });
  return { content, load, signals: [loader.signal] };
}
