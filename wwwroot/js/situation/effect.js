// @ts-check
import { communities } from '../areas/areas.js';
import { h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { recordTable } from '../parts/records.js';
import { set, state, toggled } from '../state.js';
import { ask } from './loads.js';
import { dayInput } from './parts.js';
import { daysBetween, daysText, plusDays } from './question.js';

/**
 * @typedef {{ before: number, during: number }} Arm
 * @typedef {{ treated: Arm, control: Arm, verdict: string, text: { zh: string, en: string } }} Effect
 */

const effect = /** @type {Loader<Effect>} */ (new Loader());

/** The two windows: during is the window of the screen, before an equally long one unless it is chosen. */
function windows() {
  const { from, to, beforeFrom, beforeTo } = state();
  if (!from || !to || from > to) return null;
  const length = daysBetween(from, to);
  const before = { from: beforeFrom || plusDays(from, -length), to: beforeTo || plusDays(from, -1) };
  return before.from <= before.to ? { before, during: { from, to } } : null;
}

const ready = () => state().treated.length > 0 && state().controls.length > 0 && windows() !== null;

/** Did a campaign do anything: treated communities before and during, against others that had none. */
export const effectSection = {
  key: 'effect',
  signals: [effect.signal, communities.signal],
  load: () => {
    const { treated, controls, category } = state();
    const days = windows();
    if (!ready() || !days) return;
    ask(effect, '/api/campaign-effects', {
      street: streetCode(),
      category,
      areas: treated.join(','),
      controls: controls.join(','),
      before_from: days.before.from,
      before_to: days.before.to,
      during_from: days.during.from,
      during_to: days.during.to,
    });
  },
  content: () => {
    const { treated, controls } = state();
    const days = windows();
    return [
      h('p', { class: 'quiet' }, t('effectHint')),
      areaPicker('treated', t('treatedAreas'), treated, controls),
      areaPicker('controls', t('controlAreas'), controls, treated),
      days
        ? h(
            'div',
            { class: 'effect-windows' },
            h('p', { class: 'quiet' }, `${t('duringWindow')}：${daysText(days.during)}`),
            h(
              'div',
              { class: 'date-row' },
              dayInput(t('beforeWindow'), 'beforeFrom', days.before.from, { max: plusDays(days.during.from, -1) }),
              dayInput(t('to'), 'beforeTo', days.before.to, { max: plusDays(days.during.from, -1) }),
            ),
          )
        : emptyBox(t('effectNeedsDays')),
      ...(ready() ? result() : []),
    ];
  },
};

/** @param {'treated' | 'controls'} key @param {string} label @param {readonly string[]} chosen @param {readonly string[]} others */
const areaPicker = (key, label, chosen, others) =>
  h(
    'div',
    null,
    h('h3', { class: 'small-title' }, label),
    h(
      'div',
      { class: 'chips', role: 'group', 'aria-label': label },
      ...(communities.data ?? []).map(({ properties: { code, name } }) =>
        h(
          'button',
          {
            type: 'button',
            class: `chip ${chosen.includes(code) ? 'is-on' : ''}`,
            'aria-pressed': String(chosen.includes(code)),
            disabled: others.includes(code),
            data: { focus: `${key}-${code}` },
            on: { click: () => set({ [key]: toggled(state()[key], code) }) },
          },
          h('span', { dir: 'auto' }, name),
        ),
      ),
    ),
  );

function result() {
  const { loading, data, problem } = effect.signal.value;
  if (problem) return [problemBox(problem, () => void effect.again())];
  if (!data) return [loading ? skeleton(3) : null];
  const rows = [
    { name: t('treatedAreas'), ...data.treated },
    { name: t('controlAreas'), ...data.control },
  ];
  return [
    h(
      'p',
      { class: `explanation is-${data.verdict}`, dir: 'auto' },
      h('strong', null, `${tCode('verdict', data.verdict)} `),
      state().lang === 'en' ? data.text.en : data.text.zh,
    ),
    recordTable({
      caption: t('section_effect'),
      rows,
      columns: [
        { text: t('communities'), value: ({ name }) => name },
        { text: t('before'), value: ({ before }) => numberText(before), number: true },
        { text: t('during'), value: ({ during }) => numberText(during), number: true },
      ],
    }),
  ];
}
