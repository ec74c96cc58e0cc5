// @ts-check
import { get, send } from '../api.js';
import { t, timeText } from '../i18n/index.js';
import { Loader } from '../loaded.js';
import { actButton } from '../parts/actButton.js';
import { confirmed, showOnce } from '../parts/confirm.js';
import { register } from '../parts/register.js';
import { areaOptions } from './choices.js';

/** @typedef {{ id: string, name: string, access: string, areas: string[] | null, createdAt: string, expiresAt: string | null,
 *   usedAt: string | null, revokedAt: string | null }} Token */

/** Tokens of whoever is signed in, for programs. @type {import('./panel.js').MakeSection} */
export function tokensSection(redraw) {
  const loader = /** @type {Loader<{ tokens: Token[] }>} */ (new Loader());
  const load = () => loader.load((signal) => get('/api/tokens', {}, signal));
  const content = () =>
    register({
      key: 'tokens',
      title: t('admin_tokens'),
      hint: t('tokensHint'),
      loader,
      rows: ({ tokens }) => tokens,
      id: ({ id }) => id,
      name: ({ name }) => name,
      columns: [
        { text: t('name'), value: ({ name }) => name },
        { text: t('access'), value: ({ access }) => t(access === 'read' ? 'accessRead' : 'accessWrite') },
        { text: t('expires'), value: ({ expiresAt }) => timeText(expiresAt) },
        { text: t('lastUsed'), value: ({ usedAt }) => timeText(usedAt) || '—', narrow: false },
        { text: t('state'), value: ({ revokedAt }) => (revokedAt ? t('revoked') : t('inForce')) },
      ],
      canEdit: false,
      addText: t('addToken'),
      fields: () => [
        { name: 'name', label: t('name'), required: true, maxLength: 100 },
        { name: 'days', label: t('daysGood'), kind: 'number', required: true, min: 1, max: 730, value: 90 },
        {
          name: 'access',
          label: t('access'),
          kind: 'select',
          options: [
            { value: 'read', text: t('accessRead') },
            { value: 'write', text: t('accessWrite') },
          ],
          value: 'read',
        },
        {
          name: 'area',
          label: t('areaOf'),
          kind: 'select',
          options: [{ value: '', text: t('allMyAreas') }, ...areaOptions().slice(1)],
        },
      ],
      save: async ({ name, days, access, area }) => {
        const made = await send('POST', '/api/tokens', { name, days, access, ...(area ? { areas: [area] } : {}) });
        showOnce(t('tokenMade'), t('tokenOnce'), /** @type {any} */ (made).token);
      },
      buttons: (row) => [
        row.revokedAt
          ? null
          : actButton({
              key: `revoke-${row.id}`,
              text: t('revoke'),
              look: 'link',
              run: async () => {
                const agreed = await confirmed({
                  title: t('revoke'),
                  changes: [t('willRevoke', { n: 1, name: row.name })],
                  yes: t('revoke'),
                  danger: true,
                });
                if (!agreed) return;
                await send('DELETE', `/api/tokens/${row.id}`);
                await load();
              },
            }),
      ],
      empty: t('noTokens'),
      redraw,
      reload: load,
    });
  return { content, load, signals: [loader.signal] };
}
