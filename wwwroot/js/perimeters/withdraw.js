// @ts-check
import { get, send } from '../api.js';
import { announce } from '../frame/messages.js';
import { numberText, t } from '../i18n/index.js';
import { actButton } from '../parts/actButton.js';
import { confirmed } from '../parts/confirm.js';
import { collections, ensure } from '../places/places.js';
import { holds } from '../session/session.js';
import { set } from '../state.js';
import { keyOf } from './keys.js';
import { reloadPerimeters } from './loads.js';
import { categoryOf } from './names.js';

/** @typedef {import('./types.js').Row} Row */

/**
 * A venue that is there no more is withdrawn from the register, by who has seen its latest revision. Says before what
 * goes with it, in numbers.
 * @param {{ schoolStreet: string, school: string, street: string, venue: string }} pair @param {Row} row
 * @param {number | undefined} revision of the venue as the evidence has it
 */
export function withdrawButton(pair, row, revision) {
  if (revision === undefined || !(holds('planner') || holds('admin'))) return null;
  return actButton({
    key: 'venue-withdraw',
    text: t('venueWithdraw'),
    run: async () => {
      const query = { street: pair.street, venue: pair.venue, limit: 5000 };
      const { rows } = /** @type {{ rows: Row[] }} */ (await get('/api/perimeters/compliance', query));
      const schools = new Set(rows.map((each) => keyOf(each.school_street, each.school)));
      const name = row.venue_name;
      const yes = await confirmed({
        title: t('venueWithdrawAsk', { name }),
        changes: [
          t('venueWithdrawWhat', { name, category: categoryOf(row), code: pair.venue }),
          t('venueWithdrawRows', { rows: numberText(rows.length), schools: numberText(schools.size) }),
          t('venueWithdrawKept'),
        ],
        yes: t('venueWithdraw'),
        danger: true,
      });
      if (!yes) return;
      await send('DELETE', `/api/venues/${encodeURIComponent(pair.venue)}`, undefined, {
        query: { street: pair.street },
        revision,
      });
      announce(t('venueWithdrawn', { name }));
      set({ selected: `perimeter:${keyOf(pair.schoolStreet, pair.school)}` });
      reloadPerimeters();
      if (collections.venues.data) ensure('venues', true);
    },
  });
}
