// @ts-check
import { h, fill } from '../dom.js';
import { t } from '../i18n/index.js';
import { config, street } from '../names.js';
import { accountButton } from '../session/account.js';
import { session } from '../session/session.js';
import { set, state, subscribe } from '../state.js';
import { icon, iconButton } from '../symbols/symbol.js';
import { liveRegion } from './messages.js';
import { attachSheet } from './sheet.js';

/** @typedef {import('./workAreas.js').WorkArea} WorkArea */

/**
 * Rail, panel, map and table drawer. Returns the places that slices fill.
 * @param {HTMLElement} app @param {readonly WorkArea[]} areas those of whoever is signed in
 */
export function buildFrame(app, areas) {
  const rail = h('nav', { class: 'rail' });
  const top = h('header', { class: 'top' });
  const search = h('div', { class: 'search', role: 'search' });
  const bodies = Object.fromEntries(areas.map(({ id }) => [id, h('div', { class: 'panel-body', id: `area-${id}` })]));
  const detail = h('div', { class: 'panel-body panel-detail' });
  const handle = h('button', { type: 'button', class: 'sheet-handle' }, h('span', { class: 'sheet-grip' }));
  const scroller = h('div', { class: 'panel-scroll', id: 'panel', tabindex: -1 }, ...Object.values(bodies), detail);
  const panel = h('section', { class: 'panel' }, handle, scroller);
  const mapBox = h('div', { class: 'map', id: 'map' });
  const overlay = h('div', { class: 'overlay' });
  const stage = h('main', { class: 'stage' }, mapBox, overlay);
  const drawer = h('section', { class: 'drawer', id: 'table' });
  const skip = h('div', { class: 'skips' });
  app.replaceChildren(skip, rail, top, panel, stage, drawer, liveRegion());

  const render = () => {
    const { area, lang, panel: open, table, selected, sheet } = state();
    document.documentElement.lang = lang;
    document.title = `GeoCivic ${t('title')}${street() ? ` · ${street()?.name}` : ''}`;
    app.classList.toggle('is-panel-closed', !open);
    app.classList.toggle('has-table', table);
    app.dataset.sheet = sheet;
    app.dataset.area = area;
    const shown = areas.find(({ id }) => id === area);
    app.classList.toggle('is-wide', shown?.wide === true && selected === '');
    panel.setAttribute('aria-label', shown ? t(shown.text) : '');
    mapBox.setAttribute('aria-label', t('mapLabel'));
    mapBox.setAttribute('role', 'application');
    stage.setAttribute('aria-label', t('map'));
    handle.setAttribute('aria-label', t('sheet'));
    handle.setAttribute('aria-expanded', String(sheet !== 'peek'));
    drawer.hidden = !table;
    drawer.setAttribute('aria-label', t('tableCaption'));
    for (const { id } of areas) bodies[id].hidden = id !== area || selected !== '';
    detail.hidden = selected === '';
    fill(skip, skipLink('#panel', t('skipToPanel')), table ? skipLink('#table', t('skipToTable')) : null);
    rail.setAttribute('aria-label', t('mainNavigation'));
    fill(rail, ...railButtons(areas));
    fill(top, streetPicker(), search, languageButton(), accountButton());
  };
  subscribe(['area', 'lang', 'panel', 'table', 'selected', 'sheet', 'street'], render);
  session.subscribe(render);
  attachSheet(panel, handle);
  render();
  return { bodies, detail, search, mapBox, stage, overlay, drawer, panel, scroller };
}

/** @param {string} target @param {string} text */
const skipLink = (target, text) =>
  h(
    'a',
    {
      class: 'skip',
      href: target,
      on: {
        click: (/** @type {Event} */ event) => {
          event.preventDefault();
          if (target === '#panel') set({ panel: true });
          /** @type {HTMLElement | null} */ (document.querySelector(target))?.focus();
        },
      },
    },
    text,
  );

/** @param {readonly WorkArea[]} areas */
function railButtons(areas) {
  const { area, panel, table } = state();
  const buttons = areas.map(({ id, icon: sign, text }) =>
    h(
      'button',
      {
        type: 'button',
        class: 'rail-button',
        'aria-current': id === area ? 'page' : undefined,
        data: { focus: `rail-${id}` },
        on: {
          click: () =>
            set({
              area: /** @type {any} */ (id),
              selected: '',
              panel: true,
              sheet: state().sheet === 'peek' ? 'half' : state().sheet,
            }),
        },
      },
      icon(sign, 22),
      h('span', null, t(text)),
    ),
  );
  return [
    ...buttons,
    h(
      'button',
      {
        type: 'button',
        class: 'rail-button rail-table',
        'aria-pressed': String(table),
        data: { focus: 'rail-table' },
        on: { click: () => set({ table: !table }) },
      },
      icon('table', 22),
      h('span', null, t('table')),
    ),
    h('span', { class: 'rail-space' }),
    iconButton(panel ? 'left' : 'right', panel ? t('collapse') : t('expand'), () => set({ panel: !state().panel }), {
      class: 'rail-collapse',
      'aria-expanded': String(panel),
      'aria-controls': 'panel',
      data: { focus: 'rail-collapse' },
    }),
  ];
}

function streetPicker() {
  const { streets } = config();
  if (streets.length < 2) return h('h1', { class: 'street-name', dir: 'auto' }, street()?.name ?? 'GeoCivic');
  const select = h(
    'select',
    {
      class: 'street-select',
      'aria-label': t('street'),
      data: { focus: 'street' },
      on: {
        change: () =>
          set({
            street: select.value,
            selected: '',
            within: '',
            types: [],
            at: null,
            lon: null,
            lat: null,
            zoom: null,
          }),
      },
    },
    ...streets.map((each) => h('option', { value: each.code, selected: each.code === street()?.code }, each.name)),
  );
  return h(
    'div',
    { class: 'street-pick' },
    h('h1', { class: 'visually-hidden' }, `GeoCivic ${street()?.name ?? ''}`),
    select,
  );
}

function languageButton() {
  return h(
    'button',
    {
      type: 'button',
      class: 'language',
      lang: state().lang === 'en' ? 'zh-CN' : 'en',
      data: { focus: 'language' },
      on: { click: () => set({ lang: state().lang === 'en' ? 'zh-CN' : 'en' }) },
    },
    t('language'),
  );
}
