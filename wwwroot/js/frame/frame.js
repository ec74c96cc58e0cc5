// @ts-check
import { h, fill } from '../dom.js';
import { t } from '../i18n/index.js';
import { config, street } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { icon, iconButton } from '../symbols/symbol.js';
import { liveRegion } from './messages.js';
import { attachSheet } from './sheet.js';

/** @typedef {'situation' | 'ownership' | 'data'} WorkArea */
/** Only work areas that exist; more come with their slices. @type {WorkArea[]} */
const workAreas = ['situation', 'ownership', 'data'];

/**
 * Rail, panel, map and table drawer. Returns the places that slices fill.
 * @param {HTMLElement} app
 */
export function buildFrame(app) {
  const rail = h('nav', { class: 'rail' });
  const top = h('header', { class: 'top' });
  const search = h('div', { class: 'search', role: 'search' });
  const bodies = Object.fromEntries(
    workAreas.map((name) => [name, h('div', { class: 'panel-body', id: `area-${name}` })]),
  );
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
    panel.setAttribute('aria-label', t(area));
    mapBox.setAttribute('aria-label', t('mapLabel'));
    mapBox.setAttribute('role', 'application');
    stage.setAttribute('aria-label', t('map'));
    handle.setAttribute('aria-label', t('sheet'));
    handle.setAttribute('aria-expanded', String(sheet !== 'peek'));
    drawer.hidden = !table;
    drawer.setAttribute('aria-label', t('tableCaption'));
    for (const name of workAreas) bodies[name].hidden = name !== area || selected !== '';
    detail.hidden = selected === '';
    fill(skip, skipLink('#panel', t('skipToPanel')), table ? skipLink('#table', t('skipToTable')) : null);
    rail.setAttribute('aria-label', t('mainNavigation'));
    fill(rail, ...railButtons());
    fill(top, streetPicker(), search, languageButton());
  };
  subscribe(['area', 'lang', 'panel', 'table', 'selected', 'sheet', 'street'], render);
  attachSheet(panel, handle);
  render();
  return { bodies, detail, search, mapBox, overlay, drawer, panel, scroller };
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

function railButtons() {
  const { area, panel, table } = state();
  const areas = workAreas.map((name) =>
    h(
      'button',
      {
        type: 'button',
        class: 'rail-button',
        'aria-current': name === area ? 'page' : undefined,
        data: { focus: `rail-${name}` },
        on: {
          click: () =>
            set({ area: name, selected: '', panel: true, sheet: state().sheet === 'peek' ? 'half' : state().sheet }),
        },
      },
      icon(name, 22),
      h('span', null, t(name)),
    ),
  );
  return [
    ...areas,
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
