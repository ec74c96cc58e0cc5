// @ts-check
import { get, send } from '../api.js';
import { h } from '../dom.js';
import { announce } from '../frame/messages.js';
import { t, tCode } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { areaName, streetCode } from '../names.js';
import { actButton } from '../parts/actButton.js';
import { confirmed } from '../parts/confirm.js';
import { buildForm } from '../parts/form.js';
import { register } from '../parts/register.js';
import { session } from '../session/session.js';
import { state } from '../state.js';
import { areaOptions, bodyOptions, loadChoices, roleOptions } from './choices.js';

/**
 * @typedef {{ id: string, role: string, street: string | null, level: string | null, area: string | null, areaName: string | null,
 *   body: string | null, from: string | null }} Grant
 * @typedef {{ id: string, userName: string, displayName: string, disabled: boolean, grants: Grant[] }} Account
 */

/** People's accounts and what they may do where. @type {import('./panel.js').MakeSection} */
export function accountsSection(redraw, mayWrite) {
  const loader = /** @type {Loader<{ accounts: Account[] }>} */ (new Loader());
  const load = async () => {
    await Promise.all([loadChoices(), loader.load((signal) => get('/api/accounts', { street: streetCode() }, signal))]);
    redraw();
  };
  /** @param {string} path @param {string} method @param {unknown} [body] */
  const change = async (path, method, body) => {
    await send(/** @type {any} */ (method), `/api/accounts/${path}`, body);
    announce(t('saved'));
    await load();
  };

  /** @param {Account} account @param {Grant} grant */
  const grantRow = (account, grant) =>
    h(
      'li',
      { class: 'grant-row', dir: 'auto' },
      h('span', null, grantText(grant)),
      mayWrite
        ? actButton({
            key: `end-${grant.id}`,
            text: t('endGrant'),
            look: 'link',
            run: async () => {
              const agreed = await confirmed({
                title: t('endGrant'),
                changes: [t('willEndGrant', { n: 1, who: account.displayName, what: grantText(grant) })],
                yes: t('endGrant'),
                danger: true,
              });
              if (agreed) await change(`${account.id}/grants/${grant.id}`, 'DELETE');
            },
          })
        : null,
    );

  /** The same form while the same accounts are shown, with what was chosen. @type {{ of: Account[] | null, lang: string, nodes: Node[] }} */
  let made = { of: null, lang: '', nodes: [] };
  const handoverOf = (/** @type {Account[]} */ accounts) => {
    const { lang } = state();
    if (made.of !== accounts || made.lang !== lang) made = { of: accounts, lang, nodes: handover(accounts, load) };
    return made.nodes;
  };

  const content = () => [
    ...register({
      key: 'accounts',
      title: t('admin_accounts'),
      hint: t('accountsHint'),
      loader,
      rows: ({ accounts }) => accounts,
      id: ({ id }) => id,
      name: ({ displayName }) => displayName,
      columns: [
        {
          text: t('accountName'),
          value: (row) =>
            h(
              'span',
              null,
              row.displayName,
              h('span', { class: 'code' }, row.userName),
              row.disabled ? h('span', { class: 'tag' }, t('disabled')) : null,
            ),
        },
        {
          text: t('rolesAndAreas'),
          value: (row) => h('ul', { class: 'grants' }, ...row.grants.map((grant) => grantRow(row, grant))),
        },
      ],
      ...(mayWrite
        ? {
            addText: t('addAccount'),
            fields: (/** @type {Account | null} */ row) => (row ? changeFields(row) : addFields()),
            save: async (/** @type {Record<string, any>} */ values, /** @type {Account | null} */ row) => {
              if (!row) return send('POST', '/api/accounts', addBody(values));
              if (values.displayName !== row.displayName || values.disabled !== row.disabled || values.password)
                await send('PATCH', `/api/accounts/${row.id}`, {
                  displayName: values.displayName,
                  disabled: values.disabled,
                  ...(values.password ? { password: values.password } : {}),
                });
              if (values.role) await send('POST', `/api/accounts/${row.id}/grants`, grantBody(values));
              return undefined;
            },
          }
        : {}),
      empty: t('noAccounts'),
      redraw,
      reload: load,
    }),
    ...(mayWrite && loader.data ? handoverOf(loader.data.accounts) : []),
  ];
  return { content, load, signals: [loader.signal] };
}

/** @param {Grant} grant */
const grantText = (grant) =>
  [
    tCode('role', grant.role),
    grant.street === null ? t('allStreets') : (grant.areaName ?? (areaName(grant.area) || areaName(grant.street))),
    grant.body ?? '',
  ]
    .filter(Boolean)
    .join(' · ');

/** @returns {import('../parts/form.js').Field[]} */
const grantFields = (/** @type {boolean} */ required) => [
  {
    name: 'role',
    label: t('roleOf'),
    kind: 'select',
    required,
    options: [{ value: '', text: required ? t('choose') : t('noFurtherRole') }, ...roleOptions()],
  },
  { name: 'area', label: t('areaOf'), kind: 'select', options: areaOptions(), hint: t('areaOfHint') },
  { name: 'body', label: t('bodyOf'), kind: 'select', options: bodyOptions(t('noBody')), hint: t('bodyOfHint') },
];

/** @returns {import('../parts/form.js').Field[]} */
const addFields = () => [
  { name: 'userName', label: t('userName'), required: true, maxLength: 64 },
  { name: 'displayName', label: t('displayName'), required: true, maxLength: 100, hint: t('displayNameHint') },
  {
    name: 'password',
    label: t('firstPassword'),
    kind: 'password',
    required: true,
    autocomplete: 'new-password',
    hint: t('passwordHint'),
  },
  ...grantFields(true),
];

/** @param {Account} row @returns {import('../parts/form.js').Field[]} */
const changeFields = (row) => [
  { name: 'displayName', label: t('displayName'), required: true, value: row.displayName, maxLength: 100 },
  {
    name: 'password',
    label: t('newPassword'),
    kind: 'password',
    autocomplete: 'new-password',
    hint: t('passwordEmptyHint'),
  },
  ...(row.id === session.value?.accountId
    ? []
    : [{ name: 'disabled', label: t('disableAccount'), kind: /** @type {const} */ ('checkbox'), value: row.disabled }]),
  ...grantFields(false),
];

/** @param {Record<string, any>} values */
const grantBody = ({ role, area, body }) => ({
  role,
  street: streetCode(),
  ...(area ? { area } : {}),
  ...(body ? { body } : {}),
});

/** @param {Record<string, any>} values */
const addBody = (values) => ({
  userName: values.userName,
  displayName: values.displayName,
  password: values.password,
  grants: [grantBody(values)],
});

/** A grid goes from one worker to another today. @param {Account[]} accounts @param {() => Promise<void>} load */
function handover(accounts, load) {
  const workers = accounts.filter(({ grants, disabled }) => !disabled && grants.some(({ role }) => role === 'worker'));
  const options = [
    { value: '', text: t('choose') },
    ...workers.map(({ id, displayName, userName }) => ({ value: id, text: `${displayName}（${userName}）` })),
  ];
  const held = new Map(
    workers
      .flatMap(({ grants }) => grants)
      .filter(({ role, area }) => role === 'worker' && area)
      .map((grant) => [String(grant.area), grant.areaName ?? areaName(grant.area)]),
  );
  return [
    h('div', { class: 'section-title' }, h('h3', null, t('handover'))),
    h('p', { class: 'quiet' }, t('handoverHint')),
    buildForm({
      label: t('handover'),
      fields: [
        { name: 'from', label: t('handFrom'), kind: 'select', required: true, options },
        { name: 'to', label: t('handTo'), kind: 'select', required: true, options },
        {
          name: 'area',
          label: t('grid'),
          kind: 'select',
          required: true,
          options: [{ value: '', text: t('choose') }, ...[...held].map(([value, text]) => ({ value, text }))],
        },
      ],
      submit: t('handover'),
      run: async (values) => {
        const name = (/** @type {string} */ id) => workers.find((each) => each.id === id)?.displayName ?? '';
        const agreed = await confirmed({
          title: t('handover'),
          changes: [
            t('willHandOver', { n: 1, area: areaName(values.area), from: name(values.from), to: name(values.to) }),
          ],
          yes: t('handover'),
        });
        if (!agreed) return;
        await send('POST', '/api/handovers', { ...values, street: streetCode() });
        announce(t('handedOver'));
        await load();
      },
    }),
  ];
}
