// @ts-check
import { ApiProblem } from '../api.js';
import { fill, h } from '../dom.js';
import { announce, problemBox } from '../frame/messages.js';
import { t, tCode } from '../i18n/index.js';
import { subscribe } from '../state.js';
import { icon, iconButton } from '../symbols/symbol.js';
import { changePassword, session, signOut } from './session.js';

/** How many things wait to be sent; told before somebody signs out. Set by the queue. @type {() => Promise<number>} */
let unsent = async () => 0;

/** @param {() => Promise<number>} count */
export function warnOfUnsent(count) {
  unsent = count;
}

/** The button that shows whose page this is. */
export function accountButton() {
  const name = session.value?.displayName ?? '';
  return h(
    'button',
    {
      type: 'button',
      class: 'account-button',
      'aria-label': t('whoAmI', { name }),
      'aria-haspopup': 'dialog',
      title: name,
      data: { focus: 'account' },
      on: { click: () => void openAccount() },
    },
    icon('person', 20),
    h('span', { class: 'account-name', dir: 'auto' }, name),
  );
}

async function openAccount() {
  const waiting = await unsent();
  const dialog = h('dialog', { class: 'account' });
  /** @type {ApiProblem | null} */
  let problem = null;
  let changing = false;
  const current = passwordInput('currentPassword', 'current-password');
  const next = passwordInput('newPassword', 'new-password');

  const save = async () => {
    try {
      problem = null;
      await changePassword(current.value, next.value);
      changing = false;
      current.value = next.value = '';
      announce(t('passwordChanged'));
    } catch (reason) {
      if (!(reason instanceof ApiProblem)) throw reason;
      problem = reason;
    }
    render();
  };
  const leave = async () => {
    try {
      await signOut();
      location.assign(location.pathname);
    } catch (reason) {
      if (!(reason instanceof ApiProblem)) throw reason;
      problem = reason;
      render();
    }
  };
  const render = () => {
    const who = session.value;
    dialog.setAttribute('aria-label', t('whoAmI', { name: who?.displayName ?? '' }));
    fill(
      dialog,
      h(
        'div',
        { class: 'account-head' },
        h(
          'div',
          null,
          h('h2', { class: 'detail-title', dir: 'auto' }, who?.displayName ?? ''),
          h('p', { class: 'quiet', dir: 'auto' }, who?.userName ?? ''),
        ),
        iconButton('close', t('close'), () => dialog.close(), { data: { focus: 'account-close' } }),
      ),
      who?.demo ? h('p', { class: 'tag' }, t('demoData')) : null,
      h('h3', { class: 'small-title' }, t('rolesAndAreas')),
      h(
        'ul',
        { class: 'account-roles' },
        ...(who?.roles ?? []).map((held) => h('li', { dir: 'auto' }, roleText(held))),
      ),
      changing
        ? h(
            'form',
            {
              class: 'account-password',
              on: {
                submit: (/** @type {Event} */ event) => {
                  event.preventDefault();
                  void save();
                },
              },
            },
            h('label', { class: 'sign-in-row' }, h('span', null, t('currentPassword')), current),
            h('label', { class: 'sign-in-row' }, h('span', null, t('newPassword')), next),
            h('button', { type: 'submit', class: 'button is-primary' }, t('save')),
          )
        : h(
            'button',
            {
              type: 'button',
              class: 'link',
              data: { focus: 'change-password' },
              on: {
                click: () => {
                  changing = true;
                  render();
                  current.focus();
                },
              },
            },
            t('changePassword'),
          ),
      problem ? problemBox(problem, null, '') : null,
      waiting ? h('p', { class: 'message is-warning' }, t('signOutUnsent', { n: waiting })) : null,
      h(
        'button',
        { type: 'button', class: 'button is-wide', data: { focus: 'sign-out' }, on: { click: () => void leave() } },
        t('signOut'),
      ),
    );
  };
  subscribe(['lang'], () => {
    if (dialog.open) render();
  });
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  render();
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {string} name @param {string} autocomplete */
const passwordInput = (name, autocomplete) =>
  h('input', { type: 'password', name, autocomplete, class: 'sign-in-input', required: true, data: { focus: name } });

/** @param {import('./session.js').RoleHeld} held */
const roleText = (held) =>
  [
    tCode('role', held.role),
    held.bodyName ?? held.body,
    held.street ? (held.areaName ?? held.area ?? held.streetName ?? held.street) : t('allStreets'),
  ]
    .filter(Boolean)
    .join(' · ');
