// @ts-check
import { ApiProblem, get, post } from '../api.js';
import { fill, h } from '../dom.js';
import { announce, problemBox } from '../frame/messages.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { streetCode } from '../names.js';
import { state, subscribe } from '../state.js';

/** @typedef {import('../types.js').ImportReport} Report */

const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'];
/** Content types the import reads, by the end of the file's name. @type {Readonly<Record<string, string>>} */
const contentTypes = Object.freeze({
  geojson: 'application/geo+json',
  json: 'application/json',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  gpkg: 'application/geopackage+sqlite3',
});
/** Refused rows written out; the rest is counted. */
const shownRows = 50;

/** Upload in two steps: try, look at the numbers, import. @param {HTMLElement} box @param {() => void} reload after rows were written */
export function buildUpload(box, reload) {
  const datasets = /** @type {Loader<{ name: string, geometry: string }[]>} */ (new Loader());
  /** @type {File | null} */
  let file = null;
  /** @type {Report | null} */
  let report = null;
  /** @type {ApiProblem | null} */
  let problem = null;
  let hint = '';
  let busy = false;
  let dataset = 'points';
  let crs = '';
  /** Of a file that has several; it is the service that finds out. @type {string[]} */
  let layers = [];
  let layer = '';
  let skip = false;

  const run = async (/** @type {boolean} */ dryRun) => {
    // Bodies, people and duties lie nowhere.
    const placed = datasets.data?.find(({ name }) => name === dataset)?.geometry !== 'None';
    hint = !file ? t('needFile') : placed && /\.(csv|xlsx|zip|gpkg)$/i.test(file.name) && !crs ? t('needCrs') : '';
    if (hint || !file) return render();
    const end = file.name.split('.').pop()?.toLowerCase() ?? '';
    busy = true;
    problem = null;
    render();
    try {
      report = await post(
        `/api/imports/${dataset}`,
        { street: streetCode(), crs, layer, dryRun, skipBadRows: skip, filename: file.name },
        file,
        contentTypes[end] ?? 'application/octet-stream',
      );
      announce(report?.committed ? t('commitDone') : t('dryRunDone'));
      if (report?.committed) reload();
    } catch (reason) {
      if (!(reason instanceof ApiProblem)) throw reason;
      problem = reason;
      if (Array.isArray(reason.body.layers)) layers = /** @type {string[]} */ (reason.body.layers);
      report = Array.isArray(reason.body.rows) ? /** @type {Report} */ (/** @type {unknown} */ (reason.body)) : null;
    }
    busy = false;
    render();
  };
  const changed = () => {
    report = null;
    problem = null;
    hint = '';
    render();
  };
  const picker = h('input', {
    type: 'file',
    id: 'upload-file',
    accept: '.geojson,.json,.csv,.xlsx,.gpkg,.zip',
    on: {
      change: () => {
        file = picker.files?.[0] ?? null;
        layers = [];
        layer = '';
        changed();
      },
    },
  });

  const render = () => {
    if (state().area !== 'data' || state().tab !== 'import') return;
    if (!datasets.data && !datasets.signal.value.loading && !datasets.signal.value.problem)
      void datasets.load((signal) => get('/api/imports/datasets', {}, signal));
    const names = (datasets.data ?? []).map((each) => each.name).filter((name) => name !== 'streets');
    // Which datasets there are follows from the role.
    if (names.length && !names.includes(dataset)) dataset = names[0];
    const ready = report !== null && report.dryRun && !problem && (report.refused === 0 || skip);
    fill(
      box,
      h('h2', { class: 'section-title' }, t('importTab')),
      h('p', { class: 'quiet' }, t('importHint')),
      datasets.signal.value.problem ? problemBox(datasets.signal.value.problem, () => void datasets.again(), '') : null,
      h(
        'div',
        { class: 'form' },
        select(
          t('dataset'),
          'dataset',
          (names.length ? names : ['points']).map((name) => [name, tCode('dataset', name)]),
          dataset,
          (value) => {
            dataset = value;
            changed();
          },
        ),
        h(
          'label',
          { class: 'form-row', for: 'upload-file' },
          h('span', null, t('file')),
          picker,
          h('span', { class: 'quiet' }, t('fileHint')),
        ),
        layers.length
          ? select(
              t('fileLayer'),
              'layer',
              [['', t('fileLayerChoose')], ...layers.map((name) => /** @type {[string, string]} */ ([name, name]))],
              layer,
              (value) => {
                layer = value;
                changed();
              },
            )
          : null,
        select(
          t('crs'),
          'crs',
          [
            ['', file && /json$/i.test(file.name) ? t('crsAuto') : t('crsChoose')],
            ...datums.map((name) => /** @type {[string, string]} */ ([name, name.toUpperCase()])),
          ],
          crs,
          (value) => {
            crs = value;
            changed();
          },
        ),
        h(
          'label',
          { class: 'layer-row' },
          h('input', {
            type: 'checkbox',
            checked: skip,
            data: { focus: 'skip' },
            on: {
              change: () => {
                skip = !skip;
                render();
              },
            },
          }),
          h('span', null, t('skipBadRows')),
        ),
        h(
          'div',
          { class: 'form-actions' },
          h(
            'button',
            {
              type: 'button',
              class: `button ${ready ? '' : 'is-primary'}`,
              disabled: busy,
              data: { focus: 'try' },
              on: { click: () => void run(true) },
            },
            t('dryRun'),
          ),
          h(
            'button',
            {
              type: 'button',
              class: `button ${ready ? 'is-primary' : ''}`,
              disabled: busy || !ready,
              data: { focus: 'commit' },
              on: { click: () => void run(false) },
            },
            t('commit'),
          ),
        ),
      ),
      hint ? h('p', { class: 'hint', role: 'alert' }, hint) : null,
      busy && file ? h('p', { class: 'quiet' }, t('importing', { file: file.name })) : null,
      problem ? problemBox(problem, null, t('keptForm')) : null,
      report ? reportBlock(report, problem === null) : null,
    );
  };
  datasets.signal.subscribe(render);
  subscribe(['area', 'tab', 'lang'], render);
  render();
}

/** @param {string} label @param {string} key @param {[string, string][]} options @param {string} now @param {(value: string) => void} pick */
const select = (label, key, options, now, pick) =>
  h(
    'label',
    { class: 'form-row' },
    h('span', null, label),
    h(
      'select',
      { data: { focus: key }, on: { change: (/** @type {any} */ event) => pick(event.target.value) } },
      ...options.map(([value, text]) => h('option', { value, selected: value === now }, text)),
    ),
  );

/** @param {Report} report @param {boolean} accepted */
function reportBlock(report, accepted) {
  const counts = /** @type {const} */ (['read', 'added', 'changed', 'unchanged', 'refused']);
  const moves = Object.entries(report.moved ?? {}).filter(([, n]) => typeof n === 'number' && n > 0);
  return h(
    'div',
    { class: 'report' },
    accepted ? h('p', { class: 'message-title' }, report.committed ? t('commitDone') : t('dryRunDone')) : null,
    h(
      'dl',
      { class: 'counts' },
      ...counts.map((name) => h('div', null, h('dt', null, t(name)), h('dd', null, numberText(report[name] ?? 0)))),
    ),
    report.placement ? h('p', null, t('imported', report.placement)) : null,
    moves.length
      ? h(
          'p',
          null,
          t('moved', {
            text: moves
              .map(
                ([name, n]) =>
                  `${name in { changedGrid: 1, becameOrphan: 1, becameInside: 1 } ? t(/** @type {any} */ (name)) : name} ${n}`,
              )
              .join('，'),
          }),
        )
      : null,
    report.warnings?.length
      ? [
          h('h3', { class: 'small-title' }, t('warnings')),
          h('ul', { class: 'notes' }, ...report.warnings.map(({ message }) => h('li', { dir: 'auto' }, message))),
        ]
      : [],
    report.rows?.length ? [h('h3', { class: 'small-title' }, t('refusedRows')), refusedTable(report)] : [],
  );
}

/** @param {Report} report */
const refusedTable = ({ rows }) =>
  h(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': t('refusedRows') },
    h(
      'table',
      { class: 'plain' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, t('line')),
          h('th', { scope: 'col' }, t('field')),
          h('th', { scope: 'col' }, t('reason')),
        ),
      ),
      h(
        'tbody',
        null,
        ...rows
          .slice(0, shownRows)
          .map(({ layer, line, field, reason }) =>
            h(
              'tr',
              null,
              h('td', { class: 'is-number', dir: 'auto' }, layer ? `${layer} fid ${line}` : line),
              h('td', { dir: 'auto' }, field ?? ''),
              h('td', { dir: 'auto' }, reason),
            ),
          ),
      ),
    ),
    rows.length > shownRows
      ? h('p', { class: 'quiet' }, t('moreRows', { n: numberText(rows.length - shownRows) }))
      : null,
  );
