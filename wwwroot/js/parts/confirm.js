// @ts-check
import { h } from '../dom.js';
import { t } from '../i18n/index.js';
import { icon } from '../symbols/symbol.js';

/**
 * Says in numbers what an official act will change and waits for the answer. Escape and the cancel button mean no; the
 * focus goes back to where it came from.
 * @param {{ title: string, changes: readonly string[], yes: string, danger?: boolean }} question
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, changes, yes, danger = false }) {
  const origin = document.activeElement;
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      { class: 'confirm', 'aria-labelledby': 'confirm-title' },
      h('h2', { class: 'section-title', id: 'confirm-title' }, title),
      h('ul', { class: 'notes' }, ...changes.map((each) => h('li', { dir: 'auto' }, each))),
      h(
        'div',
        { class: 'form-actions' },
        h(
          'button',
          {
            type: 'button',
            class: `button is-primary ${danger ? 'is-danger' : ''}`,
            data: { focus: 'confirm-yes' },
            on: { click: () => dialog.close('yes') },
          },
          yes,
        ),
        h('button', { type: 'button', class: 'button', on: { click: () => dialog.close('') } }, t('cancel')),
      ),
    );
    dialog.addEventListener('close', () => {
      const said = dialog.returnValue === 'yes';
      dialog.remove();
      if (origin instanceof HTMLElement && origin.isConnected) origin.focus({ preventScroll: true });
      resolve(said);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A secret that is shown once. @param {string} title @param {string} note @param {string} secret */
export function showOnce(title, note, secret) {
  const done = h('span', { class: 'copied', 'aria-live': 'polite' });
  const dialog = h(
    'dialog',
    { class: 'confirm', 'aria-labelledby': 'once-title' },
    h('h2', { class: 'section-title', id: 'once-title' }, title),
    h('p', null, note),
    h('p', { class: 'secret' }, h('code', { tabindex: 0 }, secret)),
    h(
      'div',
      { class: 'form-actions' },
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          on: {
            click: async () => {
              await navigator.clipboard?.writeText(secret).catch(() => {});
              done.textContent = t('copied');
            },
          },
        },
        icon('copy', 14),
        t('copyText'),
      ),
      h('button', { type: 'button', class: 'button is-primary', on: { click: () => dialog.close() } }, t('close')),
      done,
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
