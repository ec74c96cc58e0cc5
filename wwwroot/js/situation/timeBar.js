// @ts-check
import { fill, h } from '../dom.js';
import { announce, problemBox } from '../frame/messages.js';
import { numberText, t, tCode } from '../i18n/index.js';
import { calm } from '../map/view.js';
import { config } from '../names.js';
import { set, state, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { tickIndex } from './classes.js';
import { hasTimeBar, series } from './loads.js';
import { segments } from './parts.js';
import { daysText, lastDays, levelOf, plusDays } from './question.js';
import { sparkline } from './sparkline.js';

/** Steps at most (the service takes 400 whole ones), and days shown where the person has chosen none. */
const mostSteps = 398;
const usualDays = { day: 56, week: 364, month: 730 };
/** Between two steps of playing; slower where motion is unwelcome. */
const beat = () => (calm() ? 1500 : 700);

/** The window of the bar: the person's own, cut at the service's most steps. @param {import('../state.js').State} now */
export function barDays(now) {
  const step = now.step || 'week';
  const to = now.to || config().today;
  const from = now.from || plusDays(to, 1 - usualDays[step]);
  const longest = mostSteps * { day: 1, week: 7, month: 28 }[step];
  return from < plusDays(to, 1 - longest) ? { from: plusDays(to, 1 - longest), to } : { from, to };
}

/** Time along the bottom of the map: found in each step, or open at its end. It plays from one answer. @param {HTMLElement} overlay */
export function buildTimeBar(overlay) {
  const row = h('div', { class: 'time-row' });
  const totals = h('div');
  let timer = 0;

  const stop = () => {
    clearInterval(timer);
    timer = 0;
  };
  const index = () => (series.data ? tickIndex(series.data, state().tick) : 0);
  /** @param {number} i @param {boolean} [replace] */
  const go = (i, replace = true) => {
    const step = series.data?.steps[i];
    if (step) set({ tick: step.from }, { replace });
  };
  const advance = () => {
    const last = (series.data?.steps.length ?? 1) - 1;
    if (!hasTimeBar(state()) || index() >= last) {
      stop();
      return render();
    }
    go(index() + 1);
  };
  const play = () => {
    if (timer) {
      stop();
      return render();
    }
    const { data } = series;
    if (!data) return;
    if (index() >= data.steps.length - 1) go(0);
    timer = window.setInterval(advance, beat());
    render();
  };

  const slider = h('input', {
    type: 'range',
    class: 'time-slider',
    min: 0,
    data: { focus: 'time-slider' },
    on: {
      input: (/** @type {any} */ event) => {
        stop();
        go(Number(event.target.value));
        render();
      },
    },
  });
  const bar = h('section', { class: 'time-bar' }, row, h('div', { class: 'time-track' }, totals, slider));
  overlay.append(bar);
  const render = () => {
    const now = state();
    const shown = now.area === 'situation' && hasTimeBar(now);
    bar.hidden = !shown;
    overlay.classList.toggle('has-time-bar', shown);
    if (!shown) return stop();
    bar.setAttribute('aria-label', t('timeBar'));
    const { data, problem } = series.signal.value;
    const last = (data?.steps.length ?? 1) - 1;
    const at = index();
    const step = data?.steps[at];
    const words = step ? (now.mode === 'open' ? t('atEndOf', { day: step.to }) : daysText(step)) : '';
    slider.max = String(Math.max(0, last));
    slider.value = String(at);
    slider.disabled = !data;
    slider.setAttribute('aria-label', t('timeSlider'));
    slider.setAttribute('aria-valuetext', `${words}，${t('issuesN', { n: numberText(data?.total[at] ?? 0) })}`);
    const total = data?.total ?? [];
    // The slider itself stays where it is: taken out and put back it would slip from the hand that drags it.
    fill(
      row,
      h(
        'button',
        {
          type: 'button',
          class: 'button is-primary time-play',
          disabled: !data || last < 1,
          'aria-label': t(timer ? 'pause' : 'play'),
          data: { focus: 'time-play' },
          on: { click: play },
        },
        icon(timer ? 'pause' : 'play', 16),
        h('span', null, t(timer ? 'pause' : 'play')),
      ),
      segments(
        t('stepLabel'),
        'step',
        now.step,
        ['day', 'week', 'month'].map((each) => [each, tCode('step', each)]),
        (value) => set({ step: /** @type {any} */ (value), tick: '' }),
      ),
      segments(
        t('modeLabel'),
        'mode',
        now.mode,
        ['found', 'open'].map((each) => [each, tCode('mode', each)]),
      ),
      h(
        'output',
        { class: 'time-now', data: { tick: step?.from ?? '' } },
        h('strong', null, words),
        step ? h('span', null, t('issuesN', { n: numberText(total[at] ?? 0) })) : null,
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': t('closeTimeBar'),
          title: t('closeTimeBar'),
          data: { focus: 'time-close' },
          on: { click: () => set({ step: '', tick: '' }) },
        },
        icon('close', 18),
      ),
    );
    fill(
      totals,
      problem ? problemBox(problem, () => void series.again()) : null,
      data && !problem
        ? sparkline(total, Math.max(1, ...total), t('timeTotals'), {
            width: 1000,
            height: 26,
            mark: total.map((_, i) => i === at),
          })
        : null,
    );
  };
  subscribe(['area', 'show', 'density', 'step', 'mode', 'tick', 'lang', 'vsFrom', 'vsTo'], (_, changed) => {
    if (changed.has('step') || changed.has('mode')) stop();
    render();
    const step = series.data?.steps[index()];
    if (changed.has('tick') && step && !timer)
      announce(`${daysText(step)} ${t('issuesN', { n: numberText(series.data?.total[index()] ?? 0) })}`);
  });
  series.signal.subscribe(render);
  render();
}

/** The query's own part of the bar. */
export const barQuery = () => ({
  step: state().step,
  mode: state().mode,
  level: levelOf(state()),
  ...barDays(state()),
});

/** Twelve weeks that end with the window, from a Monday on. @param {import('../state.js').State} now */
export function twelveWeeks(now) {
  const to = now.to || lastDays(1).to;
  const monday = (new Date(`${to}T00:00:00Z`).getUTCDay() + 6) % 7;
  return { step: 'week', mode: 'found', from: plusDays(to, -monday - 77), to };
}
