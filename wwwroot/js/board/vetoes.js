// @ts-check
import { get, send } from '../api.js';
import { h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { attempts } from '../ids.js';
import { t, timeText } from '../i18n/index.js';
import { Loader, Signal } from '../loaded.js';
import { streetCode } from '../names.js';
import { buildForm } from '../parts/form.js';
import { loadedContent } from '../parts/records.js';
import { set } from '../state.js';
import { icon } from '../symbols/symbol.js';

/**
 * @typedef {{ id: string, reason: string, issue: string | null, issue_code: string | null, raised_by: string, raised_at: string,
 *   mine: boolean, cleared_by: string | null, cleared_at: string | null, evidence: string | null }} Alarm
 * @typedef {{ id: string, code: string, name: string, basis: string, raised: boolean, times: number, alarms: Alarm[] }} Veto
 * @typedef {{ raised: number, indicators: Veto[] }} Vetoes
 */

const vetoes = /** @type {Loader<Vetoes>} */ (new Loader());
const history = /** @type {Loader<Veto>} */ (new Loader());
/** The form that is open, kept while the list is drawn anew. */
const writing = new Signal({ key: '', form: /** @type {HTMLElement | null} */ (null) });

export const vetoSignals = [vetoes.signal, history.signal, writing];

export const loadVetoes = () => vetoes.load((signal) => get('/api/veto-indicators', { street: streetCode() }, signal));

export const vetoCount = () => vetoes.data?.raised;

/** The red banner over the whole board; nothing while nothing is raised. */
export const vetoBanner = () => {
  const red = vetoes.data?.indicators.filter(({ raised }) => raised) ?? [];
  if (red.length === 0) return null;
  return h(
    'div',
    { class: 'veto-banner', role: 'alert', data: { vetoes: String(red.length) } },
    icon('warning'),
    h(
      'span',
      null,
      h('strong', null, t('vetoBanner', { n: red.length })),
      ' ',
      red.map(({ name }) => name).join('；'),
    ),
    h(
      'button',
      { type: 'button', class: 'link', data: { focus: 'veto-banner' }, on: { click: () => set({ section: 'vetoes' }) } },
      t('vetoOpen'),
    ),
  );
};

const close = () => writing.set({ key: '', form: null });

/**
 * @param {string} key @param {string} label @param {readonly import('../parts/form.js').Field[]} fields
 * @param {(values: Record<string, any>) => Promise<unknown>} run @param {string} said @param {boolean} [danger]
 */
function write(key, label, fields, run, said, danger) {
  const form = buildForm({
    label,
    fields,
    submit: label,
    danger,
    cancel: close,
    run: async (values) => {
      await run(values);
      announce(said);
      close();
      await loadVetoes();
      if (history.data && !key.startsWith('new')) await history.again();
    },
  });
  writing.set({ key, form });
  /** @type {HTMLElement | null} */ (form.querySelector('input,textarea'))?.focus();
}

/** @param {Veto} veto */
function raise(veto) {
  const idFor = attempts();
  const reason = { name: 'reason', label: t('raiseReason'), kind: /** @type {const} */ ('area'), required: true };
  write(
    `raise-${veto.id}`,
    t('raiseVeto'),
    [reason],
    (values) => send('POST', `/api/veto-indicators/${veto.id}/alarms`, { id: idFor(values), ...values }),
    t('vetoRaised'),
    true,
  );
}

/** @param {Veto} veto @param {Alarm} alarm */
function clear(veto, alarm) {
  const idFor = attempts();
  const evidence = { name: 'evidence', label: t('clearEvidence'), kind: /** @type {const} */ ('area'), required: true };
  write(
    `clear-${alarm.id}`,
    t('clearVeto'),
    [evidence],
    (values) =>
      send('POST', `/api/veto-indicators/${veto.id}/alarms/${alarm.id}/clear`, { id: idFor(values), ...values }),
    t('vetoCleared'),
  );
}

function add() {
  const idFor = attempts();
  write(
    'new',
    t('addVeto'),
    [
      { name: 'code', label: t('code'), required: true, maxLength: 64 },
      { name: 'name', label: t('vetoName'), required: true, maxLength: 500 },
      { name: 'basis', label: t('vetoBasis'), required: true, maxLength: 500 },
    ],
    (values) => send('POST', '/api/veto-indicators', { id: idFor(values), street: streetCode(), ...values }),
    t('saved'),
  );
}

/** @param {string} key @param {string} text @param {() => void} run @param {string} label */
const link = (key, text, run, label) =>
  h(
    'button',
    { type: 'button', class: 'link', 'aria-label': `${text}：${label}`, data: { focus: key }, on: { click: run } },
    text,
  );

export const vetoesSection = () => [
  h(
    'div',
    { class: 'section-title' },
    h('h3', null, t('board_vetoes')),
    h('button', { type: 'button', class: 'button', data: { focus: 'veto-add' }, on: { click: add } }, t('addVeto')),
  ),
  h('p', { class: 'quiet' }, t('vetoHint')),
  formOf('new'),
  ...loadedContent(
    vetoes,
    ({ raised, indicators }) => [
      raised === 0 ? h('p', { class: 'message is-good', role: 'status' }, icon('check'), t('vetoClear')) : null,
      h('ul', { class: 'veto-list' }, ...indicators.map(vetoRow)),
    ],
    { empty: ({ indicators }) => indicators.length === 0, emptyTitle: t('noVetoes'), emptyHint: t('noVetoesHint') },
  ),
];

/** @param {string} key */
const formOf = (key) => (writing.value.key === key ? writing.value.form : null);

/** @param {Veto} veto */
const vetoRow = (veto) => {
  const shown = history.data?.id === veto.id ? history.data : null;
  return h(
    'li',
    { class: `veto ${veto.raised ? 'is-red' : ''}`, data: { veto: veto.code } },
    h(
      'div',
      { class: 'veto-head' },
      h(
        'span',
        { class: `run-status ${veto.raised ? 'is-missed' : 'is-done'}` },
        veto.raised ? t('vetoRed') : t('vetoGreen'),
      ),
      h('strong', { dir: 'auto' }, veto.name),
      h('span', { class: 'code' }, veto.code),
    ),
    h('p', { class: 'quiet', dir: 'auto' }, `${t('vetoBasis')}：${veto.basis}`),
    ...veto.alarms.map((alarm) => alarmBlock(veto, alarm)),
    formOf(`raise-${veto.id}`),
    h(
      'div',
      { class: 'cell-buttons' },
      link(`raise-${veto.id}`, t('raiseVeto'), () => raise(veto), veto.name),
      shown
        ? link(`history-${veto.id}`, t('closeList'), () => history.signal.set({ ...history.signal.value, data: null }), veto.name)
        : link(
            `history-${veto.id}`,
            `${t('vetoHistory')}（${t('vetoTimes', { n: veto.times })}）`,
            () => void history.load((signal) => get(`/api/veto-indicators/${veto.id}`, {}, signal), { forget: true }),
            veto.name,
          ),
    ),
    shown
      ? h(
          'div',
          { class: 'veto-history' },
          ...(shown.alarms.length
            ? shown.alarms.filter(({ cleared_at: at }) => at).map((alarm) => alarmBlock(veto, alarm))
            : [h('p', { class: 'quiet' }, t('vetoNever'))]),
        )
      : null,
  );
};

/** @param {Veto} veto @param {Alarm} alarm */
const alarmBlock = (veto, alarm) =>
  h(
    'div',
    { class: `veto-alarm ${alarm.cleared_at ? '' : 'is-open'}` },
    h('p', { dir: 'auto' }, alarm.reason),
    h(
      'p',
      { class: 'quiet' },
      `${t('vetoRaised')}：${t('raisedBy', { who: alarm.raised_by, at: timeText(alarm.raised_at) })}`,
      alarm.issue
        ? h(
            'button',
            { type: 'button', class: 'link', on: { click: () => set({ selected: `issue:${alarm.issue}` }) } },
            alarm.issue_code ?? t('kind_issue'),
          )
        : null,
    ),
    alarm.cleared_at
      ? h(
          'p',
          { class: 'quiet', dir: 'auto' },
          `${t('vetoCleared')}：${t('raisedBy', { who: alarm.cleared_by ?? '', at: timeText(alarm.cleared_at) })}。${alarm.evidence}`,
        )
      : alarm.mine
        ? h('p', { class: 'quiet' }, t('clearOwn'))
        : (formOf(`clear-${alarm.id}`) ??
          h(
            'button',
            {
              type: 'button',
              class: 'button',
              'aria-label': `${t('clearVeto')}：${veto.name}`,
              data: { focus: `clear-${alarm.id}` },
              on: { click: () => clear(veto, alarm) },
            },
            t('clearVeto'),
          )),
  );
