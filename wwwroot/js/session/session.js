// @ts-check
import { ApiProblem, onSignedOut, send, sessionCall } from '../api.js';
import { Signal } from '../loaded.js';

/** Who is signed in. */

/**
 * @typedef {{ role: import('../frame/workAreas.js').Role, street: string | null, streetName: string | null, level: string | null,
 *   area: string | null, areaName: string | null, body: string | null, bodyName: string | null }} RoleHeld
 * @typedef {{ accountId: string, userName: string, displayName: string, roles: RoleHeld[], areas: string[], demo: boolean }} Session
 */

export const session = new Signal(/** @type {Session | null} */ (null));

/** @returns {string[]} roles held anywhere */
export const roles = () => [...new Set((session.value?.roles ?? []).map(({ role }) => role))];

/** @param {import('../frame/workAreas.js').Role} role */
export const holds = (role) => roles().includes(role);

/** Asks the service who is there. @returns {Promise<Session | null>} null when nobody is signed in */
export async function loadSession() {
  try {
    session.set(await sessionCall('GET'));
  } catch (reason) {
    if (!(reason instanceof ApiProblem) || reason.status !== 401) throw reason;
    session.set(null);
  }
  return session.value;
}

/** @param {string} userName @param {string} password @returns {Promise<Session>} */
export async function signIn(userName, password) {
  const signedIn = /** @type {Session} */ (await sessionCall('POST', { userName, password }));
  session.set(signedIn);
  return signedIn;
}

export const signOut = () => sessionCall('DELETE');

/** @param {string} current @param {string} next */
export const changePassword = (current, next) => send('POST', '/api/session/password', { current, new: next });

/**
 * Lets the calls that met an ended session wait for one new sign-in, then go on.
 * @param {() => Promise<void>} ask shows the sign-in and resolves when the same person is back
 */
export function keepSignedIn(ask) {
  /** @type {Promise<void> | null} */
  let asking = null;
  onSignedOut(() => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  });
}
