// @ts-check
import { Signal } from '../loaded.js';

/**
 * Where this device is: WGS-84 degrees, accuracy in metres (68 %), as the device says.
 * @typedef {Readonly<{ lon: number, lat: number, accuracy: number, at: number }>} Fix
 * @typedef {Readonly<{ fix: Fix | null, asking: boolean, problem: '' | 'denied' | 'unavailable' }>} Position
 */

export const position = new Signal(/** @type {Position} */ ({ fix: null, asking: false, problem: '' }));

/** A fix older than this says nothing about where somebody stands now. */
const freshMilliseconds = 120_000;

/** @type {PositionOptions} */
const options = { enableHighAccuracy: true, maximumAge: 5_000, timeout: 20_000 };

let watching = false;

/** @param {GeolocationPosition} answer */
function found({ coords, timestamp }) {
  position.set({
    fix: Object.freeze({
      lon: round(coords.longitude),
      lat: round(coords.latitude),
      accuracy: Math.round(coords.accuracy * 10) / 10,
      at: timestamp,
    }),
    asking: false,
    problem: '',
  });
}

/** @param {GeolocationPositionError} error */
function failed(error) {
  const denied = error.code === error.PERMISSION_DENIED;
  // One slow answer says nothing while the last place is still good.
  if (!denied && freshFix()) return;
  if (denied) watching = false;
  position.set({ ...position.value, asking: false, problem: denied ? 'denied' : 'unavailable' });
}

/** Starts following the device, and asks where it is now; the browser asks the person the first time. */
export function followPosition() {
  if (!('geolocation' in navigator)) {
    position.set({ ...position.value, problem: 'unavailable' });
    return;
  }
  position.set({ ...position.value, asking: freshFix() === null, problem: '' });
  // A device that lies still may report nothing new for long.
  if (watching) navigator.geolocation.getCurrentPosition(found, failed, options);
  else navigator.geolocation.watchPosition(found, failed, options);
  watching = true;
}

/** Follows without a question where the person has allowed it before. */
export async function followIfAllowed() {
  const answer = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null);
  if (answer?.state === 'granted') followPosition();
}

/** @returns {Fix | null} where the device is now, not where it was before lunch */
export function freshFix() {
  const { fix } = position.value;
  return fix && Date.now() - fix.at < freshMilliseconds ? fix : null;
}

/** @param {number} degrees to the seven decimals (a centimetre) that the service keeps */
const round = (degrees) => Math.round(degrees * 1e7) / 1e7;
