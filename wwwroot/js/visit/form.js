// @ts-check
import { get } from '../api.js';
import { followPosition, position } from '../device/position.js';
import { fill, h } from '../dom.js';
import { announce, problemBox, skeleton } from '../frame/messages.js';
import { titleBlock } from '../frame/parts.js';
import { anchorOf } from '../geo/places.js';
import { t } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { mine } from '../mine/mine.js';
import { streetCode, symbolOf, typeName } from '../names.js';
import { photoPicker } from '../photos/picker.js';
import { enqueue } from '../queue/queue.js';
import { newReport } from '../report/draft.js';
import { set } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { drawCheckIn, takeFix } from './checkIn.js';
import { buildChecklist, checklist, loadChecklist } from './checklist.js';
import { bodyOf, changeVisit, closeVisit, openVisit, resultOf, unanswered, visit } from './draft.js';

/** @typedef {import('../types.js').Feature} Feature @typedef {import('./draft.js').Shift} Shift */

const point = /** @type {Loader<Feature>} */ (new Loader());

/** What is drawn now; one visit form is open at a time. */
let redraw = () => {};
for (const signal of [visit, position, point.signal, checklist.signal])
  /** @type {import('../loaded.js').Signal<any>} */ (signal).subscribe(() => redraw());
position.subscribe(takeFix);

/** One visit of one point, from check-in to sending. @param {HTMLElement} box @param {string} code @returns {() => void} draws it again */
export function showVisit(box, code) {
  let tried = false;
  let unkept = false;
  const head = h('div');
  const where = h('div');
  const shift = h('div', { class: 'segments is-large', role: 'group' });
  const checks = h('section', { class: 'step' });
  const photos = h('section', { class: 'step' });
  const result = h('section', { class: 'step' });
  const foot = h('div', { class: 'send-bar' });
  const body = h('div', { class: 'visit' }, head, where, shift, checks, photos, result, foot);
  const picker = photoPicker({
    kind: 'inspection',
    text: 'shotInspection',
    refs: () => visit.value?.photos ?? [],
    change: (refs) => changeVisit({ photos: refs }),
  });
  const note = h('textarea', {
    class: 'note-input',
    rows: 2,
    maxlength: 2000,
    data: { focus: 'visit-note' },
    on: { input: () => changeVisit({ note: note.value }) },
  });
  const noteTitle = h('span', { class: 'step-title' });
  const noteBox = h('label', { class: 'note' }, noteTitle, note);
  const results = h('div', { class: 'segments is-large', role: 'group' });
  result.append(noteBox, results);
  const photoTitle = h('h3', { class: 'step-title' });
  photos.append(photoTitle, picker.element);

  const list = () => checklist.data?.list ?? null;
  const feature = () =>
    point.data && String(point.data.properties.code) === code
      ? point.data
      : (mine.data?.find(({ properties }) => properties.code === code) ?? null);

  const submit = async () => {
    const { value } = visit;
    const found = feature();
    if (!value || !found) return;
    tried = true;
    const open = unanswered(value, list());
    if (open.length) {
      draw();
      announce(t('itemsLeft', { n: open.length }));
      /** @type {HTMLElement | null} */ (checks.querySelector(`[data-item="${CSS.escape(open[0])}"] button`))?.focus();
      return;
    }
    try {
      await enqueue({
        id: value.id,
        kind: 'visit',
        title: found.properties.name,
        body: bodyOf(value, list(), streetCode()),
        photos: value.photos,
      });
    } catch {
      unkept = true;
      return draw();
    }
    announce(t('visitKept'));
    await closeVisit({ keepPhotos: true });
    set({ area: 'mine', selected: '', sheet: 'half' });
  };
  /** @param {import('./checklist.js').Item} item @param {boolean} fixed */
  const report = async (item, fixed) => {
    const found = feature();
    const place = found && anchorOf(found);
    const fix = visit.value?.fix;
    await newReport({
      patch: {
        category: item.category ?? '',
        point: code,
        pointName: found?.properties.name ?? '',
        fixed,
        note: visit.value?.answers[item.item]?.note ?? '',
        back: `visit:${code}`,
        place: fix
          ? { lon: fix.lon, lat: fix.lat, accuracy: fix.accuracy, source: 'device' }
          : place && { lon: place[0], lat: place[1], accuracy: null, source: 'point' },
      },
    });
    set({ area: 'report', selected: '', sheet: 'full' });
  };
  const drawChecklist = buildChecklist(checks, (item, fixed) => void report(item, fixed));

  const draw = () => {
    if (box.dataset.shows !== `visit:${code}`) return;
    const found = feature();
    if (!found) {
      const { problem } = point.signal.value;
      fill(box, problem ? problemBox(problem, () => void point.again()) : skeleton(6));
      return;
    }
    const { value } = visit;
    const p = found.properties;
    if (!value || value.point !== code) {
      fill(box, skeleton(6));
      void openVisit(code, shiftNow(shiftsOf(p)));
      return;
    }
    if (!value.fix) takeFix();
    loadChecklist(p.type, value.shift);
    if (!box.contains(body)) fill(box, body);
    fill(head, titleBlock(symbolOf(p.type), p.name, `${t('visitTitle')} · ${typeName(p.type)}`));
    drawCheckIn(where, found.geometry);
    shift.setAttribute('aria-label', t('shift'));
    fill(
      shift,
      ...shiftsOf(p).map((each) =>
        segment(`shift-${each}`, t(`shift_${each}`), value.shift === each, () => changeVisit({ shift: each })),
      ),
    );
    shift.hidden = shiftsOf(p).length < 2;
    checks.hidden = resultOf(value) === 'unreachable';
    // A note being typed stays under the fingers.
    if (!checks.querySelector('input:focus')) drawChecklist();
    photoTitle.textContent = t('reportPhotos');
    picker.render();
    noteTitle.textContent = t('reportNote');
    if (document.activeElement !== note) note.value = value.note;
    results.setAttribute('aria-label', t('visitResult'));
    fill(
      results,
      .../** @type {const} */ (['ok', 'problems', 'unreachable']).map((each) =>
        segment(`result-${each}`, t(`result_${each}`), resultOf(value) === each, () => changeVisit({ result: each })),
      ),
    );
    const open = unanswered(value, list());
    fill(
      foot,
      unkept ? h('p', { class: 'hint', role: 'alert' }, t('keepFailed')) : null,
      tried && open.length ? h('p', { class: 'hint', role: 'alert' }, t('itemsLeft', { n: open.length })) : null,
      h(
        'button',
        {
          type: 'button',
          class: 'button is-primary is-large is-wide',
          data: { focus: 'visit-send' },
          on: { click: () => void submit() },
        },
        icon('send', 20),
        h('span', null, t('visitSend')),
      ),
    );
  };
  followPosition();
  redraw = draw;
  void point.load((signal) => get(`/api/points/${encodeURIComponent(code)}`, { street: streetCode() }, signal), {
    forget: true,
  });
  draw();
  return draw;
}

/** @param {any} properties of a point @returns {Shift[]} in which it is visited */
const shiftsOf = ({ shifts }) => {
  const given = /** @type {{ shift: Shift }[]} */ (shifts ?? []).map(({ shift }) => shift);
  return given.length ? given : ['day'];
};

/** The shift that fits the hour in Beijing, of those the point is visited in. @param {Shift[]} shifts @returns {Shift} */
function shiftNow(shifts) {
  const hour = new Date(Date.now() + 8 * 3600_000).getUTCHours();
  const peak = (hour >= 7 && hour < 9) || (hour >= 16 && hour < 18);
  const fits = peak && shifts.includes('school_peak') ? 'school_peak' : hour >= 19 || hour < 6 ? 'night' : 'day';
  return shifts.includes(fits) ? fits : shifts[0];
}

/** @param {string} key @param {string} text @param {boolean} on @param {() => void} run */
const segment = (key, text, on, run) =>
  h(
    'button',
    {
      type: 'button',
      class: 'segment',
      'aria-pressed': String(on),
      data: { focus: key, choice: key },
      on: { click: run },
    },
    text,
  );
