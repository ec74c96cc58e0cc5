// @ts-check
import { get, send } from '../api.js';
import { h } from '../dom.js';
import { t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { streetCode, typeName } from '../names.js';
import { register } from '../parts/register.js';
import { pointTypeOptions } from './choices.js';

/**
 * @typedef {{ item: string, text: string, text_en?: string | null, category?: string | null }} Item
 * @typedef {{ code: string, version: string, street: string | null, name_en?: string | null, name: string, point_type: string | null, shift: string | null, items: Item[] }} Checklist
 */

const shifts = ['day', 'night', 'school_peak'];

/** What a visit looks at, by type of point, shift and version of the assessment. @type {import('./panel.js').MakeSection} */
export function checklistsSection(redraw, mayWrite) {
  const loader = /** @type {Loader<{ checklists: Checklist[] }>} */ (new Loader());
  const load = () => loader.load((signal) => get('/api/checklists', { street: streetCode() }, signal));
  const content = () =>
    register({
      key: 'checklists',
      title: t('admin_checklists'),
      hint: t('checklistsHint'),
      loader,
      rows: ({ checklists }) => checklists,
      id: ({ code, version }) => `${code}-${version}`,
      name: ({ name }) => name,
      columns: [
        {
          text: t('name'),
          value: ({ name, items }) =>
            h(
              'details',
              null,
              h('summary', null, name),
              h('ol', { class: 'notes' }, ...items.map((item) => h('li', { dir: 'auto' }, item.text))),
            ),
        },
        { text: t('type'), value: ({ point_type: type }) => (type ? typeName(type) : t('everyType')) },
        { text: t('shift'), value: ({ shift }) => (shift ? tCode('shift', shift) : t('everyShift')), narrow: false },
        { text: t('version'), value: ({ version }) => version, number: true },
        { text: t('itemsN'), value: ({ items }) => items.length, number: true },
      ],
      ...(mayWrite
        ? {
            fields: (/** @type {Checklist | null} */ row) => [
              ...(row ? [] : [{ name: 'code', label: t('code'), required: true, maxLength: 64 }]),
              {
                name: 'version',
                label: t('version'),
                required: true,
                value: row?.version,
                maxLength: 64,
                hint: t('versionHint'),
              },
              { name: 'name', label: t('name'), required: true, value: row?.name, maxLength: 200 },
              {
                name: 'point_type',
                label: t('type'),
                kind: /** @type {const} */ ('select'),
                required: true,
                value: row?.point_type ?? '',
                options: [{ value: '', text: t('choose') }, ...pointTypeOptions()],
              },
              {
                name: 'shift',
                label: t('shift'),
                kind: /** @type {const} */ ('select'),
                value: row?.shift ?? '',
                options: [
                  { value: '', text: t('everyShift') },
                  ...shifts.map((value) => ({ value, text: tCode('shift', value) })),
                ],
              },
              {
                name: 'items',
                label: t('checkItems'),
                kind: /** @type {const} */ ('area'),
                required: true,
                maxLength: 20000,
                hint: t('checkItemsHint'),
                value: row?.items.map(({ text }) => text).join('\n'),
              },
            ],
            save: async (
              /** @type {Record<string, any>} */ { code, items, ...values },
              /** @type {Checklist | null} */ row,
            ) => {
              const kept = new Map((row?.items ?? []).map((item) => [item.text, item]));
              const lines = String(items)
                .split('\n')
                .map((line) => line.trim())
                .filter(Boolean);
              const body = {
                ...(row?.name_en ? { name_en: row.name_en } : {}),
                ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
                items: lines.map((text, i) =>
                  withoutNull(kept.get(text) ?? { item: String(i + 1).padStart(2, '0'), text }),
                ),
              };
              await send('PUT', `/api/checklists/${encodeURIComponent(row?.code ?? code)}`, body, {
                query: { street: streetCode() },
              });
            },
          }
        : {}),
      empty: t('noChecklists'),
      redraw,
      reload: load,
    });
  return { content, load, signals: [loader.signal] };
}

/** @param {Record<string, any>} item */
const withoutNull = (item) =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null && value !== undefined));
