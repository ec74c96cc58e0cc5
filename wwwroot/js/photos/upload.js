// @ts-check
import { ApiProblem, post } from '../api.js';

/**
 * Sends one photo and compares what the service says it received with what was sent.
 * @param {{ bytes: ArrayBuffer, type: string }} photo
 * @returns {Promise<string>} the id under which the service keeps it
 * @throws {ApiProblem} `photo-changed` when the bytes did not arrive as they were
 */
export async function uploadPhoto({ bytes, type }) {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  const sent = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  /** @type {{ sha256: string, received_sha256: string }} */
  const answer = await post('/api/photos', {}, new Blob([bytes], { type }), type);
  if (answer.received_sha256 !== sent) throw new ApiProblem({ type: '/problems/photo-changed' }, 400);
  return answer.sha256;
}
