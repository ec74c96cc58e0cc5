// @ts-check
import { ApiProblem, get, post } from '../api.js';
import { h } from '../dom.js';
import { announce, problemBox } from '../frame/messages.js';
import { numberText, t } from '../i18n/index.js';
import { Loader, Signal } from '../loaded.js';
import { streetCode } from '../names.js';

/** @typedef {{ id: string | null, version: number | null, title: string | null, levels: number[], points: number, households: number | null }} Tree */

const tree = /** @type {Loader<Tree>} */ (new Loader());
const upload = new Signal({ busy: false, said: '', problem: /** @type {ApiProblem | null} */ (null) });
/** Rows or figures of a refusal that are written out. */
const shownFaults = 30;

export const treeSignals = [tree.signal, upload];

export const loadTree = () => tree.load((signal) => get('/api/assessment-trees', { street: streetCode() }, signal));

/** The inputs stay the same elements while the section is drawn anew. */
const file = h('input', { type: 'file', id: 'tree-file', accept: '.csv,.xlsx', data: { focus: 'tree-file' } });
const inputs = Object.freeze({
  title: h('input', { type: 'text', id: 'tree-title', maxlength: 200, data: { focus: 'tree-title' } }),
  expect: h('input', { type: 'text', id: 'tree-expect', maxlength: 60, data: { focus: 'tree-expect' } }),
  points: h('input', { type: 'number', id: 'tree-points', min: 0, data: { focus: 'tree-points' } }),
  households: h('input', { type: 'number', id: 'tree-households', min: 0, data: { focus: 'tree-households' } }),
});

async function send() {
  const chosen = file.files?.[0];
  if (!chosen || upload.value.busy) {
    if (!chosen) upload.set({ busy: false, said: t('needFile'), problem: null });
    return;
  }
  upload.set({ busy: true, said: '', problem: null });
  try {
    const report = /** @type {{ stored: boolean, version: number }} */ (
      await post(
        '/api/assessment-trees',
        {
          street: streetCode(),
          filename: chosen.name,
          title: inputs.title.value.trim(),
          expect: inputs.expect.value.replace(/[\s，、]+/g, ','),
          points: inputs.points.value,
          households: inputs.households.value,
        },
        chosen,
        /\.xlsx$/i.test(chosen.name)
          ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
          : 'text/csv',
      )
    );
    const said = t(report.stored ? 'treeImported' : 'treeSame', { n: report.version });
    announce(said);
    upload.set({ busy: false, said, problem: null });
    await loadTree();
  } catch (reason) {
    if (!(reason instanceof ApiProblem)) throw reason;
    upload.set({ busy: false, said: '', problem: reason });
  }
}

/** @param {ApiProblem} problem @returns {string[]} what is wrong with which row or number */
const faults = ({ body }) => [
  ...(Array.isArray(body.figures) ? body.figures : []).map(({ name, expected, found }) =>
    t('treeFigure', { name, expected, found }),
  ),
  ...(Array.isArray(body.rows) ? body.rows : []).map(({ line, field, reason }) => t('treeRow', { line, field, reason })),
];

/** @param {string} label @param {HTMLInputElement} input */
const field = (label, input) =>
  h('div', { class: 'form-field' }, h('label', { for: input.id }, label), input);

export function treeSection() {
  const { busy, said, problem } = upload.value;
  const { data } = tree;
  const wrong = problem ? faults(problem) : [];
  return [
    h(
      'p',
      { class: 'quiet tree-now' },
      data?.version
        ? `${t('assessTree', { title: data.title ?? '', n: data.version })}：${data.levels.map((n) => numberText(n)).join(' / ')}，${t('planPointsN', { n: numberText(data.points) })}`
        : t('noTree'),
    ),
    h(
      'details',
      { class: 'more-filters', open: Boolean(problem || said || busy) },
      h('summary', { data: { focus: 'tree-upload' } }, t('treeUpload')),
      h(
        'form',
        {
          class: 'form is-stacked',
          'aria-label': t('treeUpload'),
          on: {
            submit: (/** @type {Event} */ event) => {
              event.preventDefault();
              void send();
            },
          },
        },
        field(t('file'), file),
        field(t('treeTitle'), inputs.title),
        field(t('treeExpect'), inputs.expect),
        field(t('treePoints'), inputs.points),
        field(t('treeHouseholds'), inputs.households),
        h(
          'div',
          { class: 'form-message' },
          h('p', { class: 'quiet' }, t('treeExpectHint')),
          said ? h('p', { class: 'message', role: 'status' }, said) : null,
          problem ? problemBox(problem, null, '') : null,
          wrong.length
            ? h('ul', { class: 'tree-faults' }, ...wrong.slice(0, shownFaults).map((text) => h('li', { dir: 'auto' }, text)))
            : null,
        ),
        h(
          'div',
          { class: 'form-actions' },
          h('button', { type: 'submit', class: 'button is-primary', disabled: busy, data: { focus: 'tree-send' } }, t('treeImport')),
        ),
      ),
    ),
  ];
}
