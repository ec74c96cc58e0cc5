// @ts-check
import { followPosition, freshFix, position } from '../device/position.js';
import { fill, h } from '../dom.js';
import { distanceTo } from '../geo/distance.js';
import { distanceText, t } from '../i18n/index.js';
import { icon } from '../symbols/symbol.js';
import { changeVisit, visit } from './draft.js';

/** Within this of the point, beside the accuracy of the fix, a visit counts as made there; the service decides. */
const fenceMetres = 50;
/** While the device is still getting surer of where it is, a better fix replaces the first. */
const settleMilliseconds = 60_000;

/** Takes the device's position for the visit in hand. */
export function takeFix() {
  const { value } = visit;
  const fix = freshFix();
  if (!value || !fix) return;
  const settling = Date.now() - value.startedAt < settleMilliseconds;
  if (!value.fix || (settling && fix.accuracy < value.fix.accuracy)) changeVisit({ fix });
}

/**
 * Where the visit is made, said plainly and never in the way.
 * @param {HTMLElement} box @param {import('../types.js').Geometry | null} geometry of the point
 */
export function drawCheckIn(box, geometry) {
  const { value } = visit;
  if (!value) return fill(box);
  const { fix } = value;
  const { asking, problem } = position.value;
  const metres = fix ? distanceTo([fix.lon, fix.lat], geometry) : null;
  const outside = fix !== null && metres !== null && metres > fenceMetres + fix.accuracy;
  const again = h(
    'button',
    {
      type: 'button',
      class: 'button',
      data: { focus: 'check-in-again' },
      on: {
        click: () => {
          followPosition();
          const now = freshFix();
          changeVisit({ fix: now ?? value.fix });
        },
      },
    },
    icon('locate', 18),
    h('span', null, fix ? t('checkInAgain') : t('useDevice')),
  );
  fill(
    box,
    h(
      'div',
      { class: `check-in ${outside || !fix ? 'is-outside' : 'is-there'}`, role: 'status' },
      icon(outside ? 'warning' : fix ? 'check' : 'locate', 24),
      h(
        'div',
        { class: 'row-main' },
        h(
          'strong',
          null,
          fix && metres !== null
            ? outside
              ? t('checkedOutside', { m: distanceText(metres) })
              : t('checkedIn')
            : asking
              ? t('positionAsking')
              : t('checkInMissing'),
        ),
        h(
          'span',
          { class: 'row-note' },
          fix && metres !== null
            ? [
                outside
                  ? t('checkInAccuracy', { a: distanceText(fix.accuracy) })
                  : t('checkInDistance', { m: distanceText(metres), a: distanceText(fix.accuracy) }),
                outside ? t('outsideAllowed') : '',
              ]
                .filter(Boolean)
                .join(' ')
            : [
                problem ? t(problem === 'denied' ? 'positionDenied' : 'positionUnavailable') : '',
                t('checkInMissingHint'),
              ]
                .filter(Boolean)
                .join(' '),
        ),
      ),
      again,
    ),
  );
}
