// @ts-check
import { h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { t } from '../i18n/index.js';
import { buildForm } from './form.js';
import { loadedContent, recordTable } from './records.js';

/**
 * A list of records with a form to add one and, where rows can change, one to change it: what most of administration is.
 * @template D, R
 * @typedef {{ key: string, title: string, hint?: string, loader: import('../loaded.js').Loader<D>, rows: (data: D) => R[],
 *   columns: import('./records.js').Column<R>[], id: (row: R) => string, name: (row: R) => string,
 *   fields?: (row: R | null, data: D) => import('./form.js').Field[],
 *   save?: (values: Record<string, any>, row: R | null) => Promise<unknown>,
 *   canAdd?: boolean, canEdit?: boolean, addText?: string,
 *   buttons?: (row: R) => (Node | null)[], empty: string, emptyHint?: string, redraw: () => void, reload: () => Promise<void>,
 *   hover?: (key: string) => void, before?: (data: D) => (Node | null)[] }} Register
 */

/** Which form is open: the register's key and the record's id, or `new`. One at a time, kept while lists reload. */
let open = '';
/** @type {HTMLElement | null} the open form with what was typed */
let form = null;

export const closeRegisterForm = () => {
  open = '';
  form = null;
};

/** @template D, R @param {Register<D, R>} spec @returns {(Node | null | false)[]} */
export function register(spec) {
  const mayWrite = Boolean(spec.fields && spec.save);
  const close = () => {
    closeRegisterForm();
    spec.redraw();
  };
  /** @param {R | null} row @param {D} data */
  const edit = (row, data) => {
    open = `${spec.key}/${row ? spec.id(row) : 'new'}`;
    form = h(
      'div',
      { class: 'action-form' },
      h('h3', { class: 'small-title' }, row ? t('editing', { name: spec.name(row) }) : (spec.addText ?? t('add'))),
      buildForm({
        label: row ? t('editing', { name: spec.name(row) }) : (spec.addText ?? t('add')),
        fields: spec.fields?.(row, data) ?? [],
        submit: t('save'),
        cancel: close,
        run: async (values) => {
          await spec.save?.(values, row);
          announce(t('saved'));
          closeRegisterForm();
          await spec.reload();
        },
      }),
    );
    spec.redraw();
    /** @type {HTMLElement | null} */ (form.querySelector('input,select,textarea'))?.focus();
  };
  const shownForm = open.startsWith(`${spec.key}/`) ? form : null;
  return [
    h(
      'div',
      { class: 'section-title' },
      h('h3', null, spec.title),
      mayWrite && spec.canAdd !== false && spec.loader.data
        ? h(
            'button',
            {
              type: 'button',
              class: 'button',
              data: { focus: `${spec.key}-add` },
              on: { click: () => edit(null, /** @type {D} */ (spec.loader.data)) },
            },
            spec.addText ?? t('add'),
          )
        : null,
    ),
    spec.hint ? h('p', { class: 'quiet' }, spec.hint) : null,
    shownForm,
    ...loadedContent(
      spec.loader,
      (data) => [
        ...(spec.before?.(data) ?? []),
        recordTable({
          caption: spec.title,
          rows: spec.rows(data),
          key: spec.id,
          hover: spec.hover,
          columns: [
            ...spec.columns,
            ...(mayWrite || spec.buttons
              ? [
                  {
                    text: t('actions'),
                    value: (/** @type {R} */ row) =>
                      h(
                        'span',
                        { class: 'cell-buttons' },
                        mayWrite && spec.canEdit !== false
                          ? h(
                              'button',
                              {
                                type: 'button',
                                class: 'link',
                                'aria-label': t('editing', { name: spec.name(row) }),
                                data: { focus: `${spec.key}-edit-${spec.id(row)}` },
                                on: { click: () => edit(row, data) },
                              },
                              t('edit'),
                            )
                          : null,
                        ...(spec.buttons?.(row) ?? []),
                      ),
                  },
                ]
              : []),
          ],
        }),
      ],
      {
        rows: 6,
        empty: (data) => spec.rows(data).length === 0,
        emptyTitle: spec.empty,
        emptyHint: spec.emptyHint,
      },
    ),
  ];
}
