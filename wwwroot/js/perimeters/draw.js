// @ts-check
import { ApiProblem, latestOnly, send } from '../api.js';
import { debounced, fill, h } from '../dom.js';
import { announce, problemBox } from '../frame/messages.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { DrawTools } from '../map/drawTools.js';
import { actButton } from '../parts/actButton.js';
import { confirmed } from '../parts/confirm.js';
import { set, state, subscribe } from '../state.js';
import { gateRows } from './drawGates.js';
import { Drawing } from './drawing.js';
import { wallRows } from './drawWall.js';
import { flips, flipsBlock, flipWords, oneFlip } from './flips.js';
import { keyOf } from './keys.js';
import { reloadPerimeters } from './loads.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('./flips.js').WhatIf} WhatIf */

/** What somebody is drawing, on the map and in the panel; kept while the panel is drawn anew, gone when the mode is left. */
class Draft {
  /** @param {Feature} feature @param {import('../map/view.js').MapView} view */
  constructor(feature, view) {
    this.drawing = new Drawing(feature);
    this.lang = state().lang;
    /** @type {WhatIf | null} */
    this.answer = null;
    this.latest = latestOnly();
    this.tools = new DrawTools(view, {
      onWall: (geometry) => this.drawing.setCampus(geometry, 'map'),
      onGate: (key, [lon, lat]) => this.drawing.changeGate(Number(key), { lon, lat }, 'map'),
    });
    this.result = h('div', { class: 'draw-result', 'aria-live': 'polite' });
    this.trouble = h('div');
    // Beside the buttons that stay in sight.
    this.warning = h('div', { class: 'draw-warning' });
    this.undo = h('button', {
      type: 'button',
      class: 'button',
      data: { focus: 'draw-undo' },
      on: { click: () => this.#undo() },
    });
    this.ask = debounced(250, () => void this.#ask());
    this.element = this.#build();
    this.#sayUndo();
    this.drawing.subscribe((what, by) => this.#follow(what, by));
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
    this.tools.setWall(this.drawing.campus, !this.drawing.trouble);
    this.#setGates();
    this.tools.fit(this.drawing.campus);
  }

  #setGates() {
    this.tools.setGates(
      this.drawing.gates.map(({ name: label, main, lon, lat }, i) => ({
        key: String(i),
        place: /** @type {[number, number]} */ ([lon, lat]),
        label,
        main,
      })),
    );
  }

  /** The map and the verdicts follow a change. @param {readonly import('./drawing.js').What[]} what @param {import('./drawing.js').By} by */
  #follow(what, by) {
    const good = !this.drawing.trouble;
    // What a hand has just dragged stays under it.
    if (this.tools.pm && what.includes('wall')) {
      if (by === 'map') this.tools.markWall(good);
      else this.tools.setWall(this.drawing.campus, good);
    }
    if (this.tools.pm && what.includes('gates') && by !== 'map') this.#setGates();
    this.#sayUndo();
    this.ask();
  }

  #sayUndo() {
    this.undo.disabled = this.drawing.steps === 0;
    this.undo.textContent = this.drawing.steps ? t('drawUndoN', { n: numberText(this.drawing.steps) }) : t('drawUndo');
  }

  #undo() {
    // While a ring is drawn its last corner is the last step.
    if (this.tools.drawing) return this.tools.drawing.back();
    this.drawing.undo();
    announce(t('drawUndone'));
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
    if (event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !typing) {
      event.preventDefault();
      this.#undo();
    }
  }

  #build() {
    const say = (/** @type {string} */ text) => fill(this.warning, h('p', { class: 'message is-warning' }, text));
    return h(
      'section',
      {
        class: 'draw',
        'aria-label': t('drawTitle'),
        on: { keydown: (/** @type {KeyboardEvent} */ event) => this.#keys(event) },
      },
      h('p', { class: 'quiet' }, t('drawHint')),
      this.trouble,
      ...wallRows(this.drawing, this.tools, say),
      ...gateRows(this.drawing, { centre: () => this.tools.view.centre(), say }),
      this.result,
      h(
        'div',
        { class: 'form-actions draw-actions' },
        this.warning,
        actButton({ key: 'draw-save', text: t('drawSave'), look: 'is-primary', run: () => this.save() }),
        this.undo,
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

  /** Says what keeps the drawing from being a campus; nothing is sent until it is put right. @returns {boolean} */
  #refused() {
    const { trouble } = this.drawing;
    if (!trouble) return false;
    // An answer on its way is about another shape.
    void this.latest(() => Promise.resolve(undefined));
    this.answer = null;
    flips.set([]);
    const words = tCode('drawTrouble', trouble);
    fill(this.result);
    fill(this.warning, h('p', { class: 'message is-error', data: { trouble } }, words));
    announce(words);
    return true;
  }

  async #ask() {
    if (this.tools.stopped || this.#refused()) return;
    fill(this.warning);
    try {
      const body = {
        street: this.drawing.street,
        school: this.drawing.code,
        ...this.drawing.body(),
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
      fill(this.result);
      fill(
        this.warning,
        problemBox(reason, () => void this.#ask(), t('keptDrawing')),
      );
    }
  }

  async save() {
    if (this.drawing.steps === 0) {
      announce(t('drawNothing'));
      return fill(this.warning, h('p', { class: 'message' }, t('drawNothing')));
    }
    // Nothing is saved that was not tried: the numbers asked about are those of this very shape.
    const body = this.drawing.body();
    await this.#ask();
    if (!this.answer) return;
    const { flips: turned, same } = this.answer;
    const yes = await confirmed({
      title: t('drawConfirm'),
      changes: [flipWords(this.answer), ...turned.slice(0, 8).map(oneFlip), t('drawSame', { n: numberText(same) })],
      yes: t('drawSave'),
    });
    if (!yes) return;
    await send('PUT', `/api/schools/${encodeURIComponent(this.drawing.code)}/shape`, body, {
      query: { street: this.drawing.street },
      revision: this.drawing.revision,
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
    if (!draft || (pDraw && area === 'perimeters' && selected === `perimeter:${draft.drawing.key}`)) return;
    draft.stop();
    draft = null;
    if (pDraw && !selected.startsWith('perimeter:')) set({ pDraw: false }, { replace: true });
  });
}

/** The panel of the drawing; the same element as long as the same school is drawn. @param {Feature} feature @returns {HTMLElement | null} */
export function drawPanel(feature) {
  if (!map) return null;
  const key = keyOf(feature.properties.street, feature.properties.code);
  if (draft && (draft.drawing.key !== key || draft.lang !== state().lang)) {
    draft.stop();
    draft = null;
  }
  draft ??= new Draft(feature, map);
  return draft.element;
}
