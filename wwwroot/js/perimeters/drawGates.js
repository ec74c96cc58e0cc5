// @ts-check
import { fill, h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { placeFrom, placeText } from '../geo/shapeText.js';
import { t } from '../i18n/index.js';

/** @typedef {import('./types.js').Gate} Gate @typedef {import('./drawing.js').Drawing} Drawing */

/**
 * The gates as rows: name, place, whether it is the main one. What somebody types into stays where it is.
 * @param {Drawing} drawing @param {{ centre: () => readonly number[], say: (text: string) => void }} given
 *   middle of the map, and where a warning is written
 */
export function gateRows(drawing, { centre, say }) {
  const rows = h('div', { class: 'draw-gates' });
  /** @param {string} name @param {number} i */
  const input = (name, i) => /** @type {HTMLInputElement} */ (rows.querySelector(`[data-focus="draw-${name}-${i}"]`));
  const draw = () => {
    const { gates } = drawing;
    if (rows.children.length !== gates.length) return fill(rows, ...gates.map(row));
    gates.forEach((gate, i) => {
      input('name', i).value = gate.name;
      input('gate', i).value = placeText([gate.lon, gate.lat]);
      input('main', i).checked = gate.main;
    });
  };
  /** @param {Gate} gate @param {number} i */
  const row = (gate, i) =>
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
          change: (/** @type {any} */ event) =>
            drawing.changeGate(i, { name: event.target.value.trim() || drawing.gates[i].name }, 'panel'),
        },
      }),
      h('input', {
        type: 'text',
        class: 'draw-place',
        value: placeText([gate.lon, gate.lat]),
        'aria-label': t('gatePlace', { name: gate.name }),
        data: { focus: `draw-gate-${i}` },
        on: { change: (/** @type {any} */ event) => readPlace(i, event.target) },
      }),
      h(
        'label',
        { class: 'layer-row' },
        h('input', {
          type: 'checkbox',
          checked: gate.main,
          data: { focus: `draw-main-${i}` },
          on: {
            change: (/** @type {any} */ event) => drawing.changeGate(i, { main: event.target.checked }, 'panel'),
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
            click: () =>
              drawing.setGates(
                drawing.gates.filter((_, j) => j !== i),
                'panel',
              ),
          },
        },
        t('remove'),
      ),
    );
  /** @param {number} i @param {HTMLInputElement} field */
  const readPlace = (i, field) => {
    const place = placeFrom(field.value);
    field.toggleAttribute('aria-invalid', false);
    if (!place) {
      field.setAttribute('aria-invalid', 'true');
      announce(t('placeUnread'));
      return say(t('placeUnread'));
    }
    drawing.changeGate(i, { lon: place[0], lat: place[1] }, 'panel');
  };
  const add = () => {
    const [lon, lat] = centre().map((n) => Math.round(n * 1e7) / 1e7);
    // Without a code: the service gives it one.
    const gate = { code: '', name: t('newGate', { n: drawing.gates.length + 1 }), main: false, lon, lat };
    drawing.setGates([...drawing.gates, /** @type {Gate} */ (gate)], 'panel');
    input('gate', drawing.gates.length - 1).focus();
  };
  drawing.subscribe((what) => {
    if (what.includes('gates')) draw();
  });
  draw();
  return [
    h('h3', { class: 'small-title' }, t('schoolGates')),
    rows,
    h('button', { type: 'button', class: 'link', data: { focus: 'draw-add' }, on: { click: add } }, t('drawAddGate')),
  ];
}
