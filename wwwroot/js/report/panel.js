// @ts-check
import { h } from '../dom.js';
import { t } from '../i18n/index.js';
import { subscribe } from '../state.js';

/** @param {HTMLElement} box @param {import('../map/view.js').MapView} _view */
export function buildReport(box, _view) {
  const render = () => box.replaceChildren(h('h2', { class: 'section-title' }, t('area_report')));
  subscribe(['lang'], render);
  render();
}
