// @ts-check
import { fill, h } from '../dom.js';
import { emptyBox, skeleton } from '../frame/messages.js';
import { field, titleBlock } from '../frame/parts.js';
import { areaText, numberText, t, tCode } from '../i18n/index.js';
import { area, areaName } from '../names.js';
import { hexName } from '../situation/hexNames.js';
import { showExplanation } from '../situation/explain.js';
import { set, state } from '../state.js';
import { grids } from './areas.js';

/** One grid or community. @param {HTMLElement} box @param {string} level @param {string} code @returns {() => void} draws it again */
export function showArea(box, level, code) {
  const facts = h('div');
  const why = h('section', { class: 'explain' });
  fill(box, facts, state().area === 'situation' ? why : null);
  const explain = state().area === 'situation' ? showExplanation(why, level, code) : () => {};
  const draw = () => {
    drawArea(facts, level, code);
    explain();
  };
  draw();
  return draw;
}

/** A hexagon has no record of its own; there is only what the map says of it. @param {HTMLElement} box @param {string} code @returns {() => void} */
export function showHexagon(box, code) {
  const head = h('div');
  const why = h('section', { class: 'explain' });
  const [size] = code.slice(1).split(':');
  fill(box, head, why);
  return showExplanation(why, 'hex', code, () =>
    fill(head, titleBlock(null, hexName(code), `${t('hexSize')} ${size} ${t('metres')} · ${code}`)),
  );
}

/** @param {HTMLElement} box @param {string} level @param {string} code */
function drawArea(box, level, code) {
  const feature = area(code);
  if (!feature) {
    if (grids.signal.value.loading) fill(box, skeleton(5));
    else fill(box, emptyBox(t('searchNone', { q: code })));
    return;
  }
  const p = feature.properties;
  fill(
    box,
    titleBlock(null, p.name, `${tCode('kind', level)} · ${p.code}`),
    h(
      'dl',
      { class: 'fields' },
      p.parent ? field(t('parent'), areaName(p.parent), p.parent) : null,
      field(t('area'), areaText(p.area_m2)),
      field(t('points'), numberText(p.points ?? 0)),
      field(t('openIssues'), numberText(p.open_issues ?? 0)),
      p.valid_from ? field(t('validFrom'), p.valid_from) : null,
    ),
    h(
      'button',
      { type: 'button', class: 'button', on: { click: () => set({ within: `${level}:${code}`, table: true }) } },
      t('onlyHere'),
    ),
  );
}
