// @ts-check
import { fill, h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { squareMetres, withHole, without, withPart } from '../geo/rings.js';
import { shapeFrom, shapeText } from '../geo/shapeText.js';
import { numberText, t } from '../i18n/index.js';

/** @typedef {import('./drawing.js').Drawing} Drawing @typedef {import('../map/drawTools.js').DrawTools} DrawTools */
/** @typedef {import('../geo/rings.js').Ring} Ring */

/**
 * The wall: what it consists of, new parts and holes, and its corners as text.
 * @param {Drawing} drawing @param {DrawTools} tools @param {(text: string) => void} say where a warning is written
 */
export function wallRows(drawing, tools, say) {
  const rings = h('ul', { class: 'draw-rings' });
  const pen = h('div', { class: 'draw-pen' });
  const text = h('textarea', {
    rows: 6,
    class: 'wall-text',
    spellcheck: 'false',
    data: { focus: 'draw-wall' },
    on: { change: () => readWall() },
  });
  /** What is being drawn. @type {{ as: 'part' | 'hole', note: HTMLElement } | null} */
  let drawn = null;

  const draw = () => {
    text.value = shapeText(drawing.campus);
    text.toggleAttribute('aria-invalid', false);
    const { parts } = drawing;
    fill(
      rings,
      ...parts.flatMap((part, i) =>
        part.map((ring, j) =>
          ringRow(j === 0 ? t('drawPartN', { n: i + 1 }) : t('drawHoleN', { n: i + 1, hole: j }), ring, {
            hole: j > 0,
            key: `${i}-${j}`,
            // The campus keeps at least one part.
            remove:
              j === 0 && parts.length === 1 ? null : () => drawing.setParts(without(drawing.parts, i, j), 'panel'),
          }),
        ),
      ),
    );
    drawPen();
  };

  /** @param {string} name @param {Ring} ring @param {{ hole: boolean, key: string, remove: (() => void) | null }} how */
  const ringRow = (name, ring, { hole, key, remove }) =>
    h(
      'li',
      {
        class: hole ? 'is-hole' : undefined,
        data: { ring: key },
        on: {
          mouseenter: () => tools.pm && tools.light(ring),
          mouseleave: () => tools.light(null),
          focusin: () => tools.pm && tools.light(ring),
          focusout: () => tools.light(null),
        },
      },
      h('span', { class: 'ring-name' }, name),
      h(
        'span',
        { class: 'row-note' },
        t('ringIs', { corners: numberText(ring.length - 1), m2: numberText(Math.round(squareMetres(ring))) }),
      ),
      remove &&
        h(
          'button',
          {
            type: 'button',
            class: 'link',
            'aria-label': t('drawRemoveGate', { name }),
            data: { focus: `draw-ring-remove-${key}` },
            on: {
              click: () => {
                remove();
                announce(t('ringRemoved', { name }));
              },
            },
          },
          t('remove'),
        ),
    );

  /** @param {string} key @param {string} label @param {() => void} run @param {string} [look] */
  const button = (key, label, run, look = '') =>
    h('button', { type: 'button', class: `button ${look}`, data: { focus: key }, on: { click: run } }, label);

  const drawPen = () => {
    pen.classList.toggle('is-on', drawn !== null);
    if (!drawn) {
      const point = drawing.parts.length === 0;
      return fill(
        pen,
        h(
          'div',
          { class: 'button-row' },
          button('draw-part', t(point ? 'drawNewWall' : 'drawPart'), () => start('part')),
          point ? null : button('draw-hole', t('drawHole'), () => start('hole')),
        ),
      );
    }
    fill(
      pen,
      h('p', { class: 'draw-pen-title' }, t(drawn.as === 'hole' ? 'drawingHole' : 'drawingPart')),
      drawn.note,
      h(
        'div',
        { class: 'button-row' },
        button('pen-corner', t('penCorner'), () => tools.drawing?.cornerAtCentre()),
        button('pen-back', t('penBack'), () => tools.drawing?.back()),
        button('pen-finish', t('penFinish'), finish, 'is-primary'),
        button('pen-cancel', t('cancel'), () => tools.drawing?.stop()),
      ),
    );
  };

  const finish = () => {
    if ((tools.drawing?.corners ?? 0) < 3) return note(t('penTooFew'), true);
    tools.drawing?.finish();
  };

  /** @param {string} words @param {boolean} warns */
  const note = (words, warns) => {
    if (!drawn) return;
    drawn.note.className = warns ? 'message is-warning' : 'quiet';
    drawn.note.textContent = words;
    if (warns) announce(words);
  };

  /** @param {'part' | 'hole'} as */
  const start = (as) => {
    if (!tools.pm) return say(t('drawNoTools'));
    drawn = { as, note: h('p', { class: 'quiet' }) };
    drawPen();
    tools.drawRing({
      onRing: (ring) => {
        const { parts } = drawing;
        drawing.setParts(as === 'hole' ? withHole(parts, ring) : withPart(parts, ring), 'panel');
        announce(t('ringDrawn'));
      },
      onCorners: (n, crossing) => note(crossing ? t('penCrossing') : t('penCorners', { n: numberText(n) }), crossing),
      onEnd: () => {
        drawn = null;
        if (tools.stopped) return;
        drawPen();
        // The keyboard stays where the drawing began.
        /** @type {HTMLElement | null} */ (pen.querySelector(`[data-focus=draw-${as}]`))?.focus();
      },
    });
    /** @type {HTMLElement | null} */ (pen.querySelector('[data-focus=pen-corner]'))?.focus();
  };

  const readWall = () => {
    const shape = shapeFrom(text.value);
    if (!shape) {
      text.setAttribute('aria-invalid', 'true');
      announce(t('wallUnread'));
      return say(t('wallUnread'));
    }
    drawing.setCampus(shape, 'panel');
  };

  drawing.subscribe((what) => {
    if (what.includes('wall')) draw();
  });
  draw();
  return [
    h('h3', { class: 'small-title' }, t('drawWallTitle')),
    rings,
    pen,
    h(
      'details',
      { class: 'more-filters' },
      h('summary', { data: { focus: 'draw-wall-open' } }, t('drawWallText')),
      h('label', { class: 'form-field' }, h('span', { class: 'quiet' }, t('drawWallHint')), text),
    ),
  ];
}
