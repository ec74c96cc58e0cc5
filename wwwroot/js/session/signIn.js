// @ts-check
import { ApiProblem } from '../api.js';
import { fill, h } from '../dom.js';
import { problemBox } from '../frame/messages.js';
import { t } from '../i18n/index.js';
import { set, state, subscribe } from '../state.js';
import { icon } from '../symbols/symbol.js';
import { session, signIn } from './session.js';

/** The form keeps what was typed while it is drawn again, for example in the other language. */

/**
 * @param {{ again: boolean, done: (session: import('./session.js').Session) => void }} how `again`: somebody was signed in
 * @returns {HTMLElement}
 */
export function signInForm({ again, done }) {
  const userName = input('userName', 'text', 'username');
  const password = input('password', 'password', 'current-password');
  userName.setAttribute('autocapitalize', 'none');
  userName.setAttribute('spellcheck', 'false');
  const message = h('div', { class: 'sign-in-message', 'aria-live': 'assertive' });
  const texts = h('div');
  const button = h('button', { type: 'submit', class: 'button is-primary is-large' });
  /** @type {ApiProblem | null} */
  let problem = null;
  let busy = false;
  let lockedUntil = 0;
  let clock = 0;

  const form = h(
    'form',
    {
      class: 'sign-in-form',
      method: 'post',
      novalidate: true,
      on: {
        submit: (/** @type {Event} */ event) => {
          event.preventDefault();
          void attempt();
        },
      },
    },
    texts,
    message,
    button,
  );

  const attempt = async () => {
    if (busy || Date.now() < lockedUntil) return;
    const empty = [userName, password].find((each) => each.value === '');
    if (empty) return empty.focus();
    busy = true;
    problem = null;
    render();
    try {
      const signedIn = await signIn(userName.value.trim(), password.value);
      clearInterval(clock);
      done(signedIn);
    } catch (reason) {
      if (!(reason instanceof ApiProblem)) throw reason;
      problem = reason;
      if (reason.code === 'too-many-attempts') lock(reason.retryAfter ?? 60);
      else if (reason.status === 401) password.value = '';
    }
    busy = false;
    render();
    if (problem?.status === 401) password.focus();
  };

  /** @param {number} seconds */
  const lock = (seconds) => {
    lockedUntil = Date.now() + seconds * 1000;
    clearInterval(clock);
    clock = setInterval(() => {
      if (Date.now() >= lockedUntil) clearInterval(clock);
      render();
    }, 1000);
  };

  const render = () => {
    const left = Math.max(0, Math.ceil((lockedUntil - Date.now()) / 1000));
    fill(
      texts,
      h('h1', { class: 'sign-in-title' }, again ? t('signInAgain') : t('signInTitle')),
      again ? h('p', { class: 'quiet' }, t('signInAgainHint')) : null,
      h('label', { class: 'sign-in-row' }, h('span', null, t('userName')), userName),
      h('label', { class: 'sign-in-row' }, h('span', null, t('password')), password),
      h(
        'label',
        { class: 'layer-row' },
        h('input', {
          type: 'checkbox',
          checked: password.type === 'text',
          data: { focus: 'show-password' },
          on: {
            change: (/** @type {any} */ event) => {
              password.type = event.target.checked ? 'text' : 'password';
            },
          },
        }),
        h('span', null, t('showPassword')),
      ),
    );
    fill(message, problem ? explain(problem, left) : null);
    button.textContent = busy ? t('signingIn') : t('signIn');
    button.disabled = busy || left > 0;
  };
  subscribe(['lang'], render);
  render();
  if (again) userName.value = session.value?.userName ?? '';
  queueMicrotask(() => (userName.value ? password : userName).focus());
  return h('div', { class: 'sign-in-card' }, brand(), form);
}

/** @param {string} name @param {string} type @param {string} autocomplete */
const input = (name, type, autocomplete) =>
  h('input', { type, name, autocomplete, class: 'sign-in-input', maxlength: 200, data: { focus: name } });

const brand = () => {
  const language = h('button', {
    type: 'button',
    class: 'language',
    on: { click: () => set({ lang: state().lang === 'en' ? 'zh-CN' : 'en' }, { replace: true }) },
  });
  const texts = () => {
    document.documentElement.lang = state().lang;
    document.title = `GeoCivic ${t('signIn')}`;
    language.lang = state().lang === 'en' ? 'zh-CN' : 'en';
    language.textContent = t('language');
  };
  subscribe(['lang'], () => {
    if (language.isConnected) texts();
  });
  texts();
  return h('div', { class: 'sign-in-brand' }, icon('ownership', 28), h('span', null, 'GeoCivic'), language);
};

/** @param {ApiProblem} problem @param {number} left seconds of the lock */
function explain(problem, left) {
  if (problem.code === 'too-many-attempts')
    return warning(
      t('tooManyAttempts'),
      left > 0
        ? t('lockedFor', { time: t('minutesSeconds', { m: Math.floor(left / 60), s: left % 60 }) })
        : t('lockOver'),
    );
  if (problem.code === 'sign-in-failed') return warning(t('signInFailed'), t('signInFailedHint'));
  return problemBox(problem, null, '');
}

/** @param {string} title @param {string} text */
const warning = (title, text) =>
  h(
    'div',
    { class: 'message is-error' },
    h('p', { class: 'message-title' }, icon('warning'), h('span', null, title)),
    h('p', null, text),
  );

/** The whole page is the sign-in. @param {HTMLElement} app @returns {Promise<import('./session.js').Session>} */
export const askToSignIn = (app) =>
  new Promise((done) => {
    app.replaceChildren(h('main', { class: 'sign-in' }, signInForm({ again: false, done })));
  });

/**
 * Covers the page, which stays as it is underneath, until somebody has signed in.
 * @param {HTMLElement} app @returns {Promise<import('./session.js').Session>}
 */
export const askToSignInAgain = (app) =>
  new Promise((resolve) => {
    const origin = /** @type {HTMLElement | null} */ (document.activeElement);
    const cover = h('div', { class: 'sign-in is-cover', role: 'dialog', 'aria-modal': 'true' });
    cover.append(
      signInForm({
        again: true,
        done: (signedIn) => {
          app.inert = false;
          cover.remove();
          origin?.focus?.();
          resolve(signedIn);
        },
      }),
    );
    cover.setAttribute('aria-label', t('signInAgain'));
    app.inert = true;
    document.body.append(cover);
  });
