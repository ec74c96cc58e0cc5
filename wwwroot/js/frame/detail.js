// @ts-check
import { showArea, showHexagon } from '../areas/detail.js';
import { h } from '../dom.js';
import { t } from '../i18n/index.js';
import { areasNamed } from '../names.js';
import { showIssue } from '../issue/detail.js';
import { showPlace } from '../places/detail.js';
import { showPoint } from '../points/detail.js';
import { showPair } from '../perimeters/pair.js';
import { showSchool } from '../perimeters/school.js';
import { showQueue } from '../queue/panel.js';
import { showCluster } from '../situation/clusterDetail.js';
import { showKeyPlace } from '../situation/placeDetail.js';
import { set, state, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { showVisit } from '../visit/form.js';

/** What each kind of selection opens. @type {Record<string, (box: HTMLElement, code: string) => () => void>} */
const kinds = {
  point: showPoint,
  grid: (box, code) => showArea(box, 'grid', code),
  community: (box, code) => showArea(box, 'community', code),
  hex: showHexagon,
  cluster: showCluster,
  place: showKeyPlace,
  school: (box, code) => showPlace(box, 'school', code),
  venue: (box, code) => showPlace(box, 'venue', code),
  perimeter: showSchool,
  pair: showPair,
  issue: showIssue,
  visit: showVisit,
  queue: showQueue,
};

/** The detail of what is selected takes the panel; Back gives it, and the keyboard focus, back. @param {HTMLElement} box */
export function buildDetail(box) {
  const body = h('div', { class: 'detail-body' });
  const text = h('span');
  const back = h(
    'button',
    { type: 'button', class: 'back', on: { click: () => set({ selected: '' }) } },
    icon('left', 18),
    text,
  );
  /** @type {HTMLElement | null} */
  let origin = null;
  let shown = '';
  let redraw = () => {};
  box.append(back, body);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') set({ selected: '' });
  });
  subscribe(['selected'], ({ selected }) => {
    if (selected && !shown) origin = /** @type {HTMLElement | null} */ (document.activeElement);
    const closed = shown !== '' && selected === '';
    shown = selected;
    if (closed) returnFocus(origin);
  });
  const texts = () => {
    text.textContent = t('back');
  };
  const render = () => {
    const { selected } = state();
    redraw = () => {};
    const cut = selected.indexOf(':');
    const kind = selected.slice(0, cut);
    if (!(kind in kinds)) return;
    if (body.dataset.shows !== selected) body.replaceChildren();
    body.dataset.shows = selected;
    redraw = kinds[kind](body, selected.slice(cut + 1));
    box.parentElement?.scrollTo(0, 0);
  };
  subscribe(['selected'], ({ selected }) => {
    render();
    if (selected) back.focus({ preventScroll: true });
  });
  subscribe(['lang'], () => {
    texts();
    redraw();
  });
  // Names of areas may arrive after the record that lies in them.
  areasNamed.subscribe(() => redraw());
  texts();
  render();
}

/** @param {HTMLElement | null} origin where the person was; its element may have been drawn anew meanwhile */
function returnFocus(origin) {
  const key = origin?.dataset.focus;
  const again = origin?.isConnected ? origin : key ? document.querySelector(`[data-focus="${CSS.escape(key)}"]`) : null;
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}
