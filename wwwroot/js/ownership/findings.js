// @ts-check
import { h } from '../dom.js';
import { emptyBox, problemBox } from '../frame/messages.js';
import { list, rowButton } from '../frame/parts.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { areaName, categoryName } from '../names.js';
import { set, state } from '../state.js';

/** Findings listed one by one; the map shows all of them. */
const shown = 30;

/** Places that nobody owns, or that two bodies lead. @param {import('../loaded.js').Loader<import('../types.js').Features>} loader */
export function findingsNote(loader) {
  const { data, problem } = loader.signal.value;
  if (problem) return problemBox(problem, () => void loader.again(), '');
  if (!data) return null;
  if (!data.features.length) return emptyBox(t(state().category ? 'noOwnerFindingsOf' : 'noOwnerFindings'));
  const counts = new Map();
  for (const { properties } of data.features) counts.set(properties.rule, (counts.get(properties.rule) ?? 0) + 1);
  return h(
    'details',
    { class: 'message is-warning', open: false, data: { findings: String(data.features.length) } },
    h('summary', null, [...counts].map(([rule, n]) => `${tCode('rule', rule)} ${numberText(n)}`).join('，')),
    list(
      data.features.slice(0, shown).map(({ properties: p }) =>
        rowButton({
          key: `finding-${p.code}-${p.rule}-${p.category ?? ''}`,
          title: `${areaName(p.code)} · ${tCode('rule', p.rule)}`,
          note: [p.category ? categoryName(p.category) : t('allCategories'), ...bodyNames(p.bodies)].join(' · '),
          open: () => set({ selected: `grid:${p.code}` }),
          hover: (on) => set({ hover: on ? `grid:${p.code}` : '' }),
        }),
      ),
    ),
    data.features.length > shown
      ? h('p', { class: 'quiet' }, t('moreRows', { n: numberText(data.features.length - shown) }))
      : null,
  );
}

/** @param {({ name?: string, code?: string } | string)[] | null | undefined} bodies */
const bodyNames = (bodies) =>
  (bodies ?? []).map((body) => (typeof body === 'string' ? body : (body.name ?? body.code ?? '')));
