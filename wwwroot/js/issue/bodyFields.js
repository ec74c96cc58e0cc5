// @ts-check
import { get } from '../api.js';
import { h } from '../dom.js';
import { anchorOf } from '../geo/places.js';
import { t } from '../i18n/index.js';

/** @typedef {import('./issue.js').Feature} Feature @typedef {import('../parts/form.js').Field} Field
 * @typedef {{ code: string, name: string, kind?: string }} Body */

/**
 * Lead body, cooperating bodies and leader of a dispatch. The body whose duty this is stands first and is chosen, with
 * the reason beside it; somebody may still choose otherwise.
 * @param {Feature} feature @param {Body[]} bodies of the street @returns {Field[]}
 */
export function bodyFields(feature, bodies) {
  const lead = h(
    'select',
    { data: { field: 'body', focus: 'field-body' }, 'aria-label': t('leadBody') },
    h('option', { value: '' }, t('choose')),
    ...bodies.map(({ code, name }) => h('option', { value: code }, name)),
  );
  const why = h('span', { class: 'quiet', 'aria-live': 'polite' });
  const leader = h('input', {
    type: 'text',
    maxlength: 100,
    data: { field: 'leader', focus: 'field-leader' },
    'aria-label': t('leaderTitle'),
  });
  const boxes = bodies.map(({ code, name }) => {
    const box = h('input', { type: 'checkbox', value: code });
    return { code, box, row: h('label', { class: 'layer-row' }, box, h('span', { dir: 'auto' }, name)) };
  });
  const lock = () => {
    for (const { code, box, row } of boxes) {
      row.hidden = code === lead.value;
      if (code === lead.value) box.checked = false;
    }
  };
  lead.addEventListener('change', lock);
  const place = anchorOf(feature);
  if (place)
    void get('/api/ownership', { lon: place[0], lat: place[1], category: feature.properties.category }).then(
      (answer) => {
        const { responsible, explanation } = /** @type {any} */ (answer);
        if (!responsible?.lead) {
          why.textContent = t('noOwnerKnown');
          return;
        }
        if (lead.value === '') lead.value = responsible.lead.code;
        for (const { code, box } of boxes) {
          if ((responsible.cooperating ?? []).some((/** @type {Body} */ each) => each.code === code))
            box.checked = true;
        }
        if (leader.value === '' && responsible.leader_role) leader.value = responsible.leader_role;
        why.textContent = t('ownerSuggested', {
          why: document.documentElement.lang === 'en' ? explanation.en : explanation.zh,
        });
        lock();
      },
      () => {
        why.textContent = t('noOwnerKnown');
      },
    );
  const checks = h('div', { class: 'checks' }, ...boxes.map(({ row }) => row));
  return [
    {
      name: 'body',
      label: t('leadBody'),
      kind: 'own',
      required: true,
      own: { element: h('div', null, lead, why), value: () => lead.value },
    },
    {
      name: 'cooperating',
      label: t('cooperatingBodies'),
      kind: 'own',
      own: {
        element: checks,
        value: () => boxes.filter(({ box }) => box.checked).map(({ code }) => code),
      },
    },
    {
      name: 'leader',
      label: t('leaderTitle'),
      kind: 'own',
      own: { element: leader, value: () => leader.value.trim() },
    },
  ];
}
