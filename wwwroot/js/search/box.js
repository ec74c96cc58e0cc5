// @ts-check
import { ApiProblem, get, latestOnly } from '../api.js';
import { debounced, fill, h } from '../dom.js';
import { announce, problemBox } from '../frame/messages.js';
import { t, tCode } from '../i18n/index.js';
import { streetCode } from '../names.js';
import { foundHere } from '../perimeters/found.js';
import { set, state, subscribe } from '../state.js';
import { icon, iconButton } from '../symbols/symbol.js';

/** @typedef {import('../types.js').Found} Found */

/** The layer that shows what was found. @type {Record<string, string>} */
const layerOf = {
  point: 'points',
  school: 'schools',
  venue: 'venues',
  issue: 'issues',
  grid: 'grids',
  community: 'communities',
};

const symbols = /** @type {const} */ ({ community: 'ownership', grid: 'ownership', street: 'ownership' });

/**
 * Find by code or name: a combobox whose list is walked with the arrow keys.
 * @param {HTMLElement} box @param {import('../map/view.js').MapView} view
 */
export function buildSearch(box, view) {
  /** @type {Found[]} */
  let found = [];
  let active = -1;
  const latest = latestOnly();
  const results = h('div', { class: 'search-results', id: 'search-results', role: 'listbox', hidden: true });
  const notice = h('div', { class: 'search-notice', hidden: true });
  const input = h('input', {
    type: 'search',
    class: 'search-input',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: 100,
    'aria-expanded': 'false',
    'aria-controls': 'search-results',
    'aria-autocomplete': 'list',
  });
  const clear = iconButton(
    'close',
    t('searchClear'),
    () => {
      input.value = '';
      close();
      input.focus();
    },
    { class: 'search-clear', hidden: true },
  );
  box.append(icon('search', 18), input, clear, results, notice);

  const close = () => {
    found = [];
    active = -1;
    results.hidden = true;
    notice.hidden = true;
    clear.hidden = input.value === '';
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const render = () => {
    fill(
      results,
      ...found.map((each, i) =>
        h(
          'div',
          {
            role: 'option',
            id: `found-${i}`,
            class: `found ${i === active ? 'is-active' : ''}`,
            'aria-selected': String(i === active),
            on: { pointerdown: (/** @type {Event} */ event) => event.preventDefault(), click: () => choose(each) },
          },
          icon(each.kind in symbols ? 'ownership' : 'target', 16),
          h('span', { class: 'found-name', dir: 'auto' }, each.name || each.code),
          h('span', { class: 'found-note' }, `${tCode('kind', each.kind)} · ${each.code}`),
        ),
      ),
    );
    results.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
    if (active >= 0) input.setAttribute('aria-activedescendant', `found-${active}`);
    else input.removeAttribute('aria-activedescendant');
    results.querySelector('.is-active')?.scrollIntoView({ block: 'nearest' });
  };
  const look = debounced(200, async () => {
    const q = input.value.trim();
    clear.hidden = q === '';
    if (!q) return close();
    try {
      const answer = await latest((signal) => get('/api/search', { q, street: streetCode(), limit: 20 }, signal));
      if (!answer || input.value.trim() !== q) return;
      found = /** @type {{ results: Found[] }} */ (answer).results;
      active = found.length ? 0 : -1;
      notice.hidden = found.length > 0;
      fill(notice, found.length ? null : h('p', { dir: 'auto' }, t('searchNone', { q })));
      announce(found.length ? t('searchCount', { n: found.length }) : t('searchNone', { q }));
      render();
    } catch (reason) {
      if (!(reason instanceof ApiProblem)) throw reason;
      close();
      notice.hidden = false;
      fill(notice, problemBox(reason, null, ''));
    }
  });
  /** @param {Found} each */
  const choose = (each) => {
    close();
    input.value = each.name || each.code;
    clear.hidden = false;
    const here = foundHere(each);
    if (here) {
      set(here);
      view.show([each.lon, each.lat]);
      return;
    }
    const layer = layerOf[each.kind];
    const layers = layer && !state().layers.includes(layer) ? [...state().layers, layer] : state().layers;
    // Results open the sheet only half, so that the place itself stays visible.
    set({ selected: each.kind === 'street' ? '' : `${each.kind}:${each.code}`, panel: true, sheet: 'half', layers });
    if (each.bbox && each.bbox[2] > each.bbox[0]) view.fit(each.bbox);
    else view.show([each.lon, each.lat]);
  };
  input.addEventListener('input', look);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return close();
    if (event.key === 'Enter' && found[active]) choose(found[active]);
    else if (event.key === 'ArrowDown' && found.length) {
      active = (active + 1) % found.length;
      render();
    } else if (event.key === 'ArrowUp' && found.length) {
      active = (active - 1 + found.length) % found.length;
      render();
    } else return;
    event.preventDefault();
  });
  input.addEventListener('blur', () => setTimeout(close, 0));
  const texts = () => {
    input.setAttribute('aria-label', t('searchLabel'));
    input.placeholder = t('searchPlaceholder');
    results.setAttribute('aria-label', t('searchLabel'));
    clear.setAttribute('aria-label', t('searchClear'));
    clear.title = t('searchClear');
  };
  subscribe(['lang'], texts);
  subscribe(['selected'], () => {
    if (!state().selected && document.activeElement !== input) {
      input.value = '';
      clear.hidden = true;
    }
  });
  texts();
}
