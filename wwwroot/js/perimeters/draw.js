// @ts-check
import { ApiProblem, latestOnly, send } from '../api.js';
import { debounced, fill, h } from '../dom.js';
import { announce, problemBox } from '../frame/messages.js';
import { placeFrom, placeText, shapeFrom, shapeText } from '../geo/shapeText.js';
import { numberText, t } from '../i18n/index.js';
import { DrawTools } from '../map/drawTools.js';
import { actButton } from '../parts/actButton.js';
import { confirmed } from '../parts/confirm.js';
import { set, state, subscribe } from '../state.js';
import { keyOf } from './keys.js';
import { reloadPerimeters } from './loads.js';
import { flips, flipsBlock, flipWords, oneFlip } from './flips.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('../types.js').Geometry} Geometry @typedef {import('../types.js').LonLat} LonLat */
/** @typedef {import('./types.js').Gate} Gate @typedef {import('./flips.js').WhatIf} WhatIf */

/** What somebody is drawing; kept while the panel is drawn anew, gone when the mode is left. */
class Draft {
  /** @param {Feature} feature @param {import('../map/view.js').MapView} view */
  constructor(feature, view) {
    const { code, street, revision, gates = [] } = feature.properties;
    this.key = keyOf(street, code);
    this.code = code;
    this.street = street;
    this.revision = revision;
    /** @type {Geometry} */
    this.campus = structuredClone(feature.geometry);
    /** @type {Gate[]} */
    this.gates = structuredClone(gates);
    this.changed = false;
    this.lang = state().lang;
    /** @type {WhatIf | null} */
    this.answer = null;
    this.latest = latestOnly();
    this.tools = new DrawTools(view, {
      onWall: (geometry) => {
        this.campus = geometry;
        this.wallText.value = shapeText(geometry);
        this.touch();
      },
      onGate: (key, place) => {
        const gate = this.gates[Number(key)];
        if (!gate) return;
        [gate.lon, gate.lat] = place;
        this.gateInput(Number(key)).value = placeText(place);
        this.touch();
      },
    });
    this.wallText = h('textarea', {
      rows: 6,
      class: 'wall-text',
      spellcheck: 'false',
      value: shapeText(this.campus),
      data: { focus: 'draw-wall' },
      on: { change: () => this.readWall() },
    });
    this.gateRows = h('div', { class: 'draw-gates' });
    this.result = h('div', { class: 'draw-result', 'aria-live': 'polite' });
    this.trouble = h('div');
    this.ask = debounced(250, () => void this.#ask());
    this.element = this.#build();
    void this.#start();
  }

  async #start() {
    try {
      await this.tools.start();
    } catch (reason) {
      if (!(reason instanceof TypeError)) throw reason;
      // The tools did not come over the network; the text fields do the same.
      fill(this.trouble, h('p', { class: 'message is-warning' }, t('drawNoTools')));
      return;
    }
    if (this.tools.stopped) return;
    this.tools.setWall(this.campus);
    this.#setGates();
    this.tools.fit(this.campus);
  }

  #setGates() {
    if (this.tools.pm)
      this.tools.setGates(
        this.gates.map((gate, i) => ({
          key: String(i),
          place: [gate.lon, gate.lat],
          label: gate.name,
          main: gate.main,
        })),
      );
  }

  /** @param {number} i @returns {HTMLInputElement} */
  gateInput(i) {
    return /** @type {HTMLInputElement} */ (this.gateRows.querySelector(`[data-focus="draw-gate-${i}"]`));
  }

  #build() {
    this.#drawGateRows();
    return h(
      'section',
      { class: 'draw', 'aria-label': t('drawTitle') },
      h('p', { class: 'quiet' }, t('drawHint')),
      this.trouble,
      h('h3', { class: 'small-title' }, t('schoolGates')),
      this.gateRows,
      h(
        'button',
        { type: 'button', class: 'link', data: { focus: 'draw-add' }, on: { click: () => this.#addGate() } },
        t('drawAddGate'),
      ),
      h(
        'details',
        { class: 'more-filters' },
        h('summary', { data: { focus: 'draw-wall-open' } }, t('drawWallText')),
        h('label', { class: 'form-field' }, h('span', { class: 'quiet' }, t('drawWallHint')), this.wallText),
      ),
      this.campus.type === 'Point'
        ? h(
            'button',
            {
              type: 'button',
              class: 'button',
              data: { focus: 'draw-new-wall' },
              on: { click: () => this.tools.pm && this.tools.drawWall() },
            },
            t('drawNewWall'),
          )
        : null,
      this.result,
      h(
        'div',
        { class: 'form-actions draw-actions' },
        actButton({ key: 'draw-save', text: t('drawSave'), look: 'is-primary', run: () => this.save() }),
        h(
          'button',
          {
            type: 'button',
            class: 'button',
            data: { focus: 'draw-cancel' },
            on: { click: () => set({ pDraw: false }) },
          },
          t('cancel'),
        ),
      ),
    );
  }

  #drawGateRows() {
    fill(
      this.gateRows,
      ...this.gates.map((gate, i) =>
        h(
          'div',
          { class: 'draw-gate-row', role: 'group', 'aria-label': gate.name },
          h('input', {
            type: 'text',
            class: 'draw-name',
            value: gate.name,
            maxlength: 100,
            'aria-label': t('gateName'),
            data: { focus: `draw-name-${i}` },
            on: {
              change: (/** @type {any} */ event) => {
                gate.name = event.target.value.trim() || gate.name;
                this.#setGates();
                this.touch();
              },
            },
          }),
          h('input', {
            type: 'text',
            class: 'draw-place',
            value: placeText([gate.lon, gate.lat]),
            'aria-label': t('gatePlace', { name: gate.name }),
            data: { focus: `draw-gate-${i}` },
            on: { change: (/** @type {any} */ event) => this.#readGate(gate, event.target) },
          }),
          h(
            'label',
            { class: 'layer-row' },
            h('input', {
              type: 'checkbox',
              checked: gate.main,
              data: { focus: `draw-main-${i}` },
              on: {
                change: (/** @type {any} */ event) => {
                  gate.main = event.target.checked;
                  this.#setGates();
                  this.touch();
                },
              },
            }),
            h('span', null, t('mainGate')),
          ),
          h(
            'button',
            {
              type: 'button',
              class: 'link',
              'aria-label': t('drawRemoveGate', { name: gate.name }),
              data: { focus: `draw-remove-${i}` },
              on: {
                click: () => {
                  this.gates.splice(i, 1);
                  this.#drawGateRows();
                  this.#setGates();
                  this.touch();
                },
              },
            },
            t('remove'),
          ),
        ),
      ),
    );
  }

  #addGate() {
    const [lon, lat] = this.tools.view.centre().map((n) => Math.round(n * 1e7) / 1e7);
    // Without a code: the service gives it one.
    this.gates.push(
      /** @type {Gate} */ ({ code: '', name: t('newGate', { n: this.gates.length + 1 }), main: false, lon, lat }),
    );
    this.#drawGateRows();
    this.#setGates();
    this.touch();
    this.gateInput(this.gates.length - 1).focus();
  }

  /** @param {Gate} gate @param {HTMLInputElement} input */
  #readGate(gate, input) {
    const place = placeFrom(input.value);
    input.toggleAttribute('aria-invalid', false);
    if (!place) {
      input.setAttribute('aria-invalid', 'true');
      announce(t('placeUnread'));
      return fill(this.result, h('p', { class: 'message is-warning' }, t('placeUnread')));
    }
    [gate.lon, gate.lat] = place;
    this.#setGates();
    this.touch();
  }

  readWall() {
    const shape = shapeFrom(this.wallText.value, this.campus);
    this.wallText.toggleAttribute('aria-invalid', false);
    if (!shape) {
      this.wallText.setAttribute('aria-invalid', 'true');
      announce(t('wallUnread'));
      return fill(this.result, h('p', { class: 'message is-warning' }, t('wallUnread')));
    }
    this.campus = shape;
    if (this.tools.pm) this.tools.setWall(shape);
    this.touch();
  }

  touch() {
    this.changed = true;
    this.ask();
  }

  /** What is sent to be tried and what is saved are the same. */
  body() {
    return {
      campus: this.campus,
      gates: this.gates.map(({ code, name, lon, lat, main }) => ({ ...(code ? { code } : {}), name, lon, lat, main })),
    };
  }

  async #ask() {
    try {
      const body = {
        street: this.street,
        school: this.code,
        ...this.body(),
        ...(state().pOn ? { on: state().pOn } : {}),
      };
      const answer = /** @type {WhatIf | undefined} */ (
        await this.latest(() => send('POST', '/api/perimeters/what-if', body))
      );
      if (!answer || this.tools.stopped) return;
      this.answer = answer;
      flips.set(answer.flips);
      fill(this.result, ...flipsBlock(answer));
      announce(flipWords(answer));
    } catch (reason) {
      if (!(reason instanceof ApiProblem)) throw reason;
      this.answer = null;
      fill(
        this.result,
        problemBox(reason, () => void this.#ask(), t('keptDrawing')),
      );
    }
  }

  async save() {
    if (!this.changed) {
      announce(t('drawNothing'));
      return fill(this.result, h('p', { class: 'message' }, t('drawNothing')));
    }
    // Nothing is saved that was not tried: the numbers asked about are those of this very shape.
    await this.#ask();
    if (!this.answer) return;
    const { flips: turned, same } = this.answer;
    const yes = await confirmed({
      title: t('drawConfirm'),
      changes: [flipWords(this.answer), ...turned.slice(0, 8).map(oneFlip), t('drawSame', { n: numberText(same) })],
      yes: t('drawSave'),
    });
    if (!yes) return;
    await send('PUT', `/api/schools/${encodeURIComponent(this.code)}/shape`, this.body(), {
      query: { street: this.street },
      revision: this.revision,
    });
    announce(t('drawSaved'));
    set({ pDraw: false });
    reloadPerimeters();
  }

  stop() {
    this.tools.stop();
    flips.set([]);
  }
}

/** @type {Draft | null} */
let draft = null;
/** @type {import('../map/view.js').MapView | null} */
let map = null;

/** Gives the drawing its map, and ends it when the person goes elsewhere. @param {import('../map/view.js').MapView} view */
export function installDraw(view) {
  map = view;
  subscribe(['pDraw', 'selected', 'area', 'street'], ({ pDraw, selected, area }) => {
    if (!draft || (pDraw && area === 'perimeters' && selected === `perimeter:${draft.key}`)) return;
    draft.stop();
    draft = null;
    if (pDraw && !selected.startsWith('perimeter:')) set({ pDraw: false }, { replace: true });
  });
}

/** The panel of the drawing; the same element as long as the same school is drawn. @param {Feature} feature @returns {HTMLElement | null} */
export function drawPanel(feature) {
  if (!map) return null;
  const key = keyOf(feature.properties.street, feature.properties.code);
  if (draft && (draft.key !== key || draft.lang !== state().lang)) {
    draft.stop();
    draft = null;
  }
  draft ??= new Draft(feature, map);
  return draft.element;
}
