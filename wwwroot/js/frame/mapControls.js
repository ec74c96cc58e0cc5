// @ts-check
import { fill, h } from '../dom.js';
import { t } from '../i18n/index.js';
import { config, street } from '../names.js';
import { askHere } from '../perimeters/found.js';
import { perimeterLegend, legendSignals } from '../perimeters/legend.js';
import { isOn } from '../places/layer.js';
import { situationLegend } from '../situation/legend.js';
import { clusters } from '../situation/loads.js';
import { picture, pictureB } from '../situation/picture.js';
import { set, state, subscribe, toggled } from '../state.js';
import { dueSign } from '../map/symbolLayer.js';
import { icon, iconButton, symbolIcon } from '../symbols/symbol.js';

/** Layers in the order of the control; `symbol` only where one symbol stands for the layer. */
const layers = Object.freeze([
  { key: 'points', swatch: () => symbolIcon('plaza', 16) },
  { key: 'schools', swatch: () => symbolIcon('school', 16) },
  { key: 'venues', swatch: () => symbolIcon('venue', 16) },
  { key: 'issues', swatch: () => symbolIcon('issue', 16) },
  { key: 'orphans', swatch: () => h('span', { class: 'swatch is-orphan' }) },
  { key: 'coverage', swatch: () => h('span', { class: 'swatch is-finding' }) },
  { key: 'communities', swatch: () => h('span', { class: 'swatch is-community' }) },
  { key: 'grids', swatch: () => h('span', { class: 'swatch is-grid' }) },
  { key: 'base', swatch: () => h('span', { class: 'swatch is-base' }) },
]);

/**
 * Buttons, layer list, legend and notices over the map.
 * @param {HTMLElement} overlay @param {import('../map/view.js').MapView} view
 */
export function buildMapControls(overlay, view) {
  let layersOpen = false;
  let legendOpen = innerWidth >= 1024;
  const buttons = h('div', { class: 'map-buttons' });
  const list = h('div', { class: 'layer-list', id: 'layer-list' });
  const legend = h('section', { class: 'legend' });
  const credit = h('p', { class: 'credit' });
  const crosshair = h('span', { class: 'crosshair', 'aria-hidden': 'true' });
  overlay.append(buttons, list, legend, credit, crosshair);

  const toggleLayers = () => {
    layersOpen = !layersOpen;
    render();
  };
  const askCentre = () => {
    if (state().area === 'perimeters') return set({ ...askHere(rounded(view.centre())) });
    set({
      area: 'ownership',
      at: rounded(view.centre()),
      selected: '',
      panel: true,
      sheet: state().sheet === 'peek' ? 'half' : state().sheet,
    });
  };

  const renderButtons = () =>
    fill(
      buttons,
      iconButton('layers', t('layers'), toggleLayers, {
        'aria-expanded': String(layersOpen),
        'aria-controls': 'layer-list',
        data: { focus: 'layers' },
      }),
      iconButton('plus', t('zoomIn'), () => view.zoomIn(), { data: { focus: 'plus' } }),
      iconButton('minus', t('zoomOut'), () => view.zoomOut(), { data: { focus: 'minus' } }),
      iconButton(
        'fit',
        t('wholeStreet'),
        () => {
          const box = street()?.bbox;
          if (box) view.fit(box);
        },
        { data: { focus: 'fit' } },
      ),
      h(
        'button',
        { type: 'button', class: 'centre-button', data: { focus: 'centre' }, on: { click: askCentre } },
        icon('target'),
        h('span', null, t(state().area === 'perimeters' ? 'checkCentre' : 'queryCentre')),
      ),
    );

  const renderList = () => {
    list.hidden = !layersOpen;
    if (!layersOpen) return;
    fill(
      list,
      h('h2', { class: 'small-title' }, t('layers')),
      ...layers.map(({ key, swatch }) =>
        h(
          'label',
          { class: 'layer-row' },
          h('input', {
            type: 'checkbox',
            checked: state().layers.includes(key),
            data: { focus: `layer-${key}`, layer: key },
            on: { change: () => set({ layers: toggled(state().layers, key) }) },
          }),
          swatch(),
          h('span', null, t(/** @type {any} */ (`layer_${key}`))),
        ),
      ),
    );
  };

  const renderLegend = () => {
    legend.setAttribute('aria-label', t('legend'));
    legend.classList.toggle('is-open', legendOpen);
    fill(
      legend,
      h(
        'button',
        {
          type: 'button',
          class: 'legend-toggle',
          'aria-expanded': String(legendOpen),
          data: { focus: 'legend' },
          on: {
            click: () => {
              legendOpen = !legendOpen;
              renderLegend();
            },
          },
        },
        icon('legend', 16),
        h('span', null, t('legend')),
      ),
      ...(legendOpen ? legendRows() : []),
    );
  };

  const renderCredit = () => {
    const { baseMap, reviewNumber } = config();
    credit.textContent = [
      baseMap ? t('baseBy', { name: baseMap.attribution ?? '' }) : t('viewOnly'),
      reviewNumber ? t('reviewNumber', { n: reviewNumber }) : '',
      'Leaflet',
    ]
      .filter(Boolean)
      .join(' · ');
  };

  const render = () => {
    renderButtons();
    renderList();
    renderLegend();
    renderCredit();
    const { area, selected, section, pDraw } = state();
    const pinning = area === 'report' && selected === '';
    const drawing = area === 'perimeters' && pDraw;
    crosshair.hidden =
      area !== 'ownership' && !pinning && !drawing && !(area === 'perimeters' && section === 'check' && selected === '');
    crosshair.classList.toggle('is-pin', pinning);
    overlay.classList.toggle('is-fieldwork', area === 'report' || area === 'mine' || drawing);
  };
  subscribe(['lang', 'layers', 'area', 'show', 'selected', 'section', 'pZones', 'pAllowed', 'pDraw'], render);
  for (const signal of [picture, pictureB, clusters.signal, ...legendSignals]) signal.subscribe(renderLegend);
  overlay.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !layersOpen) return;
    toggleLayers();
    /** @type {HTMLElement | null} */ (buttons.querySelector('[data-focus="layers"]'))?.focus();
  });
  render();
}

/** @param {[number, number]} place @returns {[number, number]} */
const rounded = ([lon, lat]) => [Number(lon.toFixed(7)), Number(lat.toFixed(7))];

function legendRows() {
  const { layers: on, area } = state();
  const rows = situationLegend();
  const day = /** @type {const} */ (['overdue', 'today', 'done']);
  const signs = [
    ...(area === 'mine' ? day.map((due) => sign(dueSign(due), t(`due_${due}`))) : []),
    on.includes('communities') && sign(h('span', { class: 'swatch is-community' }), t('legendCommunity')),
    on.includes('grids') && sign(h('span', { class: 'swatch is-grid' }), t('legendGrid')),
    ...perimeterLegend().map(({ swatch, text }) => sign(swatch, text)),
    on.includes('points') && area !== 'perimeters' && sign(h('span', { class: 'swatch is-cluster' }, '9'), t('legendCluster')),
    on.includes('points') && area !== 'mine' && area !== 'perimeters' && sign(h('span', { class: 'swatch is-ring' }, '2'), t('legendRing')),
    area !== 'perimeters' &&
      (on.includes('orphans') || on.includes('points')) &&
      sign(h('span', { class: 'swatch is-orphan' }), t('legendOrphan')),
    on.includes('points') && area !== 'perimeters' && sign(h('span', { class: 'swatch is-snapped' }), t('legendSnapped')),
    on.includes('schools') && sign(symbolIcon('school', 14), t('legendSchool')),
    on.includes('schools') && sign(symbolIcon('gate', 14), t('gate')),
    on.includes('venues') && sign(symbolIcon('venue', 14), t('legendVenue')),
    isOn('issues') && sign(symbolIcon('issue', 14), t('legendIssue')),
    on.includes('coverage') && sign(h('span', { class: 'swatch is-finding' }), t('legendCoverage')),
  ].filter(Boolean);
  rows.push(h('ul', { class: 'legend-signs' }, ...signs));
  return rows;
}

/** @param {Node} swatch @param {string} text */
const sign = (swatch, text) => h('li', null, swatch, h('span', null, text));
