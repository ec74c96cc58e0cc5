// @ts-check
import { fill, h } from '../dom.js';
import { todayText } from '../deadline.js';
import { numberText, t } from '../i18n/index.js';
import { SecondMap } from '../map/secondMap.js';
import { baseTiles } from '../map/tiles.js';
import { config, street } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { buildClusterLayer, buildOutlines, buildPictureLayer } from './layer.js';
import { pictureLegend, situationLegend } from './legend.js';
import { clusters } from './loads.js';
import { button } from './parts.js';
import { picture } from './picture.js';
import { filterWords } from './question.js';

/** A CSS pixel on paper, in metres: 1/96 inch. */
const pixel = 0.0254 / 96;

/**
 * The map as a sheet of A3, on the screen as on paper: title, map, legend, scale, day, street, filters in words, the
 * review number and the source. It lies over the page like a letter does.
 */
export function buildPrint() {
  const bar = h('div', { class: 'letter-bar print-bar' });
  const heading = h('header', { class: 'print-head' });
  const mapBox = h('div', { class: 'print-map' });
  const side = h('aside', { class: 'print-side' });
  const foot = h('footer', { class: 'print-foot' });
  const sheet = h('article', { class: 'print-sheet' }, heading, mapBox, side, foot);
  const dialog = h('dialog', { class: 'print-page' }, bar, sheet);
  document.body.append(dialog);
  /** @type {SecondMap | null} */
  let map = null;

  const draw = () => {
    const now = state();
    if (!now.print || now.area !== 'situation') return;
    const shown = picture.value;
    const { reviewNumber, baseMap } = config();
    const name = street()?.name ?? '';
    dialog.setAttribute('aria-label', t('printMap'));
    fill(
      bar,
      button(t('backToPage'), 'print-back', () => set({ print: false })),
      button(t('printNow'), 'print-now', () => print(), { class: 'button is-primary' }),
      h('span', { class: 'quiet' }, t('printHint')),
    );
    fill(
      heading,
      h('h1', null, `${name} ${now.show === 'clusters' ? t('titleClusters') : (shown?.title ?? t('map'))}`),
      h('p', null, filterWords(now).slice(1).join(' · ')),
    );
    fill(side, h('h2', { class: 'small-title' }, t('legend')), ...(shown ? pictureLegend(shown) : situationLegend()));
    const metres = map?.metresPerPixel() ?? 0;
    // Rounded to two figures: a sheet that a printer fits to its paper is never exact to the last one.
    const scale = metres > 0 ? Number((metres / pixel).toPrecision(2)) : 0;
    fill(
      foot,
      h('span', null, t('madeOn', { day: todayText() })),
      scale ? h('span', null, t('scaleText', { n: numberText(scale) })) : null,
      h(
        'span',
        { class: 'review-number' },
        reviewNumber ? t('reviewNumber', { n: reviewNumber }) : t('reviewNumberSlot'),
      ),
      h(
        'span',
        null,
        t('sourceText', {
          street: name,
          base: baseMap ? t('baseBy', { name: baseMap.attribution ?? '' }) : t('viewOnly'),
        }),
      ),
    );
  };
  const open = () => {
    const wanted = state().print && state().area === 'situation';
    if (!wanted) {
      if (dialog.open) dialog.close();
      return;
    }
    if (!dialog.open) dialog.showModal();
    if (!map) {
      const { baseMap } = config();
      map = new SecondMap(mapBox, { still: true });
      if (baseMap) baseTiles(baseMap).addTo(map.leaflet);
      buildPictureLayer(map, picture, { all: true, interactive: false });
      buildClusterLayer(map, { interactive: false });
      buildOutlines(map);
    }
    const box = street()?.bbox;
    if (box) map.fit(box);
    draw();
  };
  dialog.addEventListener('close', () => {
    if (state().print) set({ print: false });
  });
  picture.subscribe(draw);
  clusters.signal.subscribe(draw);
  subscribe(['print', 'area', 'street'], open);
  subscribe(['lang'], draw);
  open();
}
