// @ts-check
import { h } from '../dom.js';
import { nameOf, t } from '../i18n/index.js';
import { config } from '../names.js';
import { changeReport, report } from './draft.js';

/** Where inside a building a problem is. */

/** @param {'building' | 'floor'} name @param {number} most */
export function textInput(name, most) {
  const input = h('input', {
    type: 'text',
    maxlength: most,
    data: { focus: `report-${name}` },
    on: { input: () => changeReport({ [name]: input.value }) },
  });
  return input;
}

/** Corridors, balconies, roofs, gate areas: where in a building, from the service's own list. */
export function subPlaces() {
  const places = config().subPlaces ?? [];
  if (!places.length) return null;
  return h(
    'label',
    null,
    h('span', null, t('subPlace')),
    h(
      'select',
      {
        data: { focus: 'report-subplace' },
        on: { change: (/** @type {any} */ event) => changeReport({ subPlace: event.target.value }) },
      },
      h('option', { value: '' }, t('choose')),
      ...places.map((each) =>
        h('option', { value: each.code, selected: each.code === report.value.subPlace }, nameOf(each)),
      ),
    ),
  );
}
