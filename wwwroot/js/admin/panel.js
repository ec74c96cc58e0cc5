// @ts-check
import { h } from '../dom.js';
import { t } from '../i18n/index.js';
import { subscribe } from '../state.js';

/** @param {HTMLElement} box */
export function buildAdmin(box) {
  const render = () => box.replaceChildren(h('h2', { class: 'section-title' }, t('area_admin')));
  subscribe(['lang'], render);
  render();
}
