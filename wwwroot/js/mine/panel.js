// @ts-check
import { get } from '../api.js';
import { followIfAllowed, followPosition, position } from '../device/position.js';
import { fill, h } from '../dom.js';
import { emptyBox, problemBox, skeleton } from '../frame/messages.js';
import { rowButton } from '../frame/parts.js';
import { extent, union } from '../geo/places.js';
import { distanceText, numberText, t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { symbolOf, typeName } from '../names.js';
import { dayText } from '../deadline.js';
import { queueBar } from '../queue/bar.js';
import { onSent, queue } from '../queue/queue.js';
import { set, state, subscribe, toggled } from '../state.js';
import { icon, symbolIcon } from '../symbols/symbol.js';
import { buildMineLayer } from './layer.js';
import {
  distanceFromHere,
  dueOf,
  dues,
  filteredMine,
  loadMine,
  mine,
  placeOfMine,
  shiftsOf,
  sortedMine,
} from './mine.js';

/** @typedef {import('../types.js').Feature} Feature */

const summary = /** @type {Loader<any>} */ (new Loader());
/** Rows written at once; the rest comes with one button. */
const page = 60;

/** My points: what is due, nearest first. @param {HTMLElement} box @param {import('../map/view.js').MapView} view */
export function buildMine(box, view) {
  const head = h('h2', { class: 'section-title' });
  const chips = h('div', { class: 'mine-filters' });
  const here = h('div', { class: 'mine-here' });
  const list = h('div', { class: 'mine-list' });
  box.append(queueBar('mine'), head, chips, here, list);
  let rows = page;
  // Unless the address names a place, the map begins with all of these points in view.
  let placed = state().lon !== null || state().area !== 'mine';
  buildMineLayer(view);

  const load = () => {
    if (state().area !== 'mine') return;
    void followIfAllowed();
    if (!mine.data && !mine.signal.value.loading) void loadMine(true);
    if (!summary.signal.value.loading) void summary.load((signal) => get('/api/my-day', {}, signal));
  };
  const renderHead = () => {
    const all = mine.data ?? [];
    const left = all.filter((feature) => ['overdue', 'today'].includes(dueOf(feature))).length;
    fill(
      head,
      t('mineTitle'),
      mine.data
        ? h(
            'span',
            { class: 'section-note' },
            [
              left ? t('mineLeft', { n: left }) : t('mineAllDone'),
              position.value.fix ? t('nearestFirst', { m: distanceText(position.value.fix.accuracy) }) : '',
            ]
              .filter(Boolean)
              .join(' · '),
          )
        : null,
    );
  };
  const renderChips = () => {
    const { due, shift, types } = state();
    const byDue = filteredMine('due');
    const byShift = filteredMine('shift');
    const byType = filteredMine('types');
    const present = [...new Set((mine.data ?? []).map(({ properties }) => properties.type))];
    const shifts = /** @type {const} */ (['day', 'night', 'school_peak']).filter((each) =>
      (mine.data ?? []).some((feature) => shiftsOf(feature).some(({ shift: of }) => of === each)),
    );
    fill(
      chips,
      group(
        t('dueFilter'),
        dues
          .filter((each) => each !== 'none')
          .map((each) =>
            chip(
              `due-${each}`,
              due === each,
              [t(`due_${each}`)],
              byDue.filter((f) => dueOf(f) === each).length,
              () => set({ due: due === each ? '' : /** @type {any} */ (each) }),
              `is-${each}`,
            ),
          ),
      ),
      shifts.length > 1 || present.length > 1
        ? group(t('typeAndShift'), [
            ...shifts
              .filter(() => shifts.length > 1)
              .map((each) =>
                chip(
                  `shift-${each}`,
                  shift === each,
                  [t(`shift_${each}`)],
                  byShift.filter((feature) => shiftsOf(feature).some(({ shift: of }) => of === each)).length,
                  () => set({ shift: shift === each ? '' : each }),
                ),
              ),
            ...present
              .filter(() => present.length > 1)
              .map((code) =>
                chip(
                  `type-${code}`,
                  types.includes(code),
                  [symbolIcon(symbolOf(code), 16), typeName(code)],
                  byType.filter(({ properties }) => properties.type === code).length,
                  () => set({ types: toggled(state().types, code) }),
                ),
              ),
          ])
        : null,
    );
  };
  const renderHere = () => {
    const { fix, asking, problem } = position.value;
    fill(
      here,
      fix
        ? null
        : h(
            'button',
            { type: 'button', class: 'button is-wide', data: { focus: 'follow' }, on: { click: followPosition } },
            icon('locate', 18),
            h('span', null, asking ? t('positionAsking') : t('nearestAsk')),
          ),
      problem ? h('p', { class: 'hint' }, t(problem === 'denied' ? 'positionDenied' : 'positionUnavailable')) : null,
    );
  };
  const renderList = () => {
    const { loading, data, problem } = mine.signal.value;
    const trouble = problem ? problemBox(problem, () => void mine.again()) : null;
    if (!data) return fill(list, trouble ?? (loading ? skeleton(6) : null));
    if (!data.length) return fill(list, trouble, emptyBox(t('mineNone'), t('mineNoneHint')));
    const sorted = sortedMine();
    if (!sorted.length)
      return fill(
        list,
        trouble,
        emptyBox(t('mineFiltered'), t('tableEmptyHint')),
        h(
          'button',
          { type: 'button', class: 'button', on: { click: () => set({ due: '', shift: '', types: [] }) } },
          t('clearAll'),
        ),
      );
    const shown = sorted.slice(0, rows);
    fill(
      list,
      trouble,
      ...comments(),
      ...dues.flatMap((each) => {
        const part = shown.filter((feature) => dueOf(feature) === each);
        return part.length
          ? [
              h('h3', { class: `due-title is-${each}` }, t(`due_${each}`)),
              h(
                'ul',
                { class: `rows ${each === 'done' ? 'is-dimmed' : ''}` },
                ...part.map((f) => h('li', null, row(f))),
              ),
            ]
          : [];
      }),
      sorted.length > rows
        ? h(
            'button',
            {
              type: 'button',
              class: 'button is-wide',
              data: { focus: 'mine-more' },
              on: {
                click: () => {
                  rows = sorted.length;
                  renderList();
                },
              },
            },
            t('showMore', { n: numberText(sorted.length) }),
          )
        : null,
    );
  };
  const comments = () => {
    const told = summary.data?.comments;
    const given = Array.isArray(told) ? told : [];
    return given.length
      ? [
          h(
            'section',
            { class: 'message is-warning is-compact' },
            h('h3', { class: 'message-title' }, icon('comment'), h('span', null, t('commentsN', { n: given.length }))),
            h(
              'ul',
              { class: 'comment-list' },
              ...given.slice(0, 3).map((each) =>
                h(
                  'li',
                  null,
                  h(
                    'button',
                    {
                      type: 'button',
                      class: 'link',
                      dir: 'auto',
                      on: { click: () => set({ selected: `point:${each.point}` }) },
                    },
                    `${each.point_name ?? each.point} ${each.text ?? ''}`.trim(),
                  ),
                ),
              ),
            ),
          ),
        ]
      : [];
  };
  const render = () => {
    renderHead();
    renderChips();
    renderHere();
    renderList();
  };
  mine.signal.subscribe(({ data }) => {
    render();
    if (!data?.length || placed) return;
    placed = true;
    const all = union(data.map(({ geometry }) => extent(geometry)));
    if (all) view.fit(all, false, 17);
  });
  summary.signal.subscribe(renderList);
  queue.subscribe(render);
  position.subscribe(() => {
    renderHead();
    renderHere();
    renderList();
  });
  subscribe(['due', 'shift', 'types', 'lang'], render);
  subscribe(['area'], load);
  subscribe(['street'], () => {
    if (state().area === 'mine') void loadMine(true);
    else mine.signal.set({ loading: false, data: null, problem: null });
  });
  subscribe(['selected'], ({ area, selected }) => {
    const [kind, code] = selected.split(':');
    const place = area === 'mine' && (kind === 'point' || kind === 'visit') ? placeOfMine(code) : null;
    if (place) view.show(place);
  });
  onSent(({ kind }) => {
    if (kind === 'visit') void summary.again();
  });
  load();
  render();
}

/** @param {Feature} feature */
function row(feature) {
  const { code, name, type, due } = feature.properties;
  const metres = distanceFromHere(feature);
  const status = dueOf(feature);
  const key = `point:${code}`;
  return rowButton({
    key,
    symbol: symbolOf(type),
    title: name,
    note: [typeName(type), status === 'done' || !due ? '' : t('dueOn', { day: dayText(due) })]
      .filter(Boolean)
      .join(' · '),
    end: metres === null ? undefined : distanceText(metres),
    open: () => set({ selected: key, sheet: state().sheet === 'peek' ? 'half' : state().sheet }),
    hover: (on) => set({ hover: on ? key : '' }),
  });
}

/** @param {string} label @param {HTMLElement[]} options */
const group = (label, options) =>
  h('div', { class: 'chips is-scrolling', role: 'group', 'aria-label': label }, ...options);

/** @param {string} key @param {boolean} on @param {(Node | string)[]} content @param {number} n @param {() => void} run @param {string} [className] */
const chip = (key, on, content, n, run, className = '') =>
  h(
    'button',
    {
      type: 'button',
      class: `chip ${on ? 'is-on' : ''} ${className}`,
      'aria-pressed': String(on),
      data: { focus: `mine-${key}`, filter: key },
      on: { click: run },
    },
    ...content,
    h('span', { class: 'chip-n' }, numberText(n)),
  );
