// @ts-check
import { ApiProblem, send } from '../api.js';
import { uploadPhoto } from '../photos/upload.js';
import { store } from './store.js';

/** @typedef {{ done: true, answer: any } | { done: false, refused: boolean, offline: boolean, wait: number | null,
 *   problem: import('./store.js').Item['problem'] }} Outcome `refused`: the service will not take it as it is */

const paths = Object.freeze({ issue: '/api/issues', visit: '/api/visits' });

/** First the photos that the service lacks, then the record that names them. @param {import('./store.js').Item} item @returns {Promise<Outcome>} */
export async function sendItem(item) {
  try {
    /** @type {{ sha256: string, kind: string }[]} */
    const photos = [];
    for (const ref of item.photos) {
      if (!ref.sha256) {
        const stored = await store.photos.get(ref.key);
        if (!stored) throw new ApiProblem({ type: '/problems/photo-lost' }, 400);
        ref.sha256 = await uploadPhoto(stored);
        await store.items.update(item.id, { photos: item.photos });
      }
      const sha256 = ref.sha256;
      const { kind } = ref;
      // The same picture taken in twice is one.
      if (!photos.some((photo) => photo.sha256 === sha256 && photo.kind === kind)) photos.push({ sha256, kind });
    }
    return { done: true, answer: await send('POST', paths[item.kind], { ...item.body, photos }) };
  } catch (reason) {
    if (!(reason instanceof ApiProblem)) throw reason;
    return failed(reason);
  }
}

/** @param {ApiProblem} problem @returns {Outcome} */
function failed(problem) {
  const { status } = problem;
  // Too busy, not there, or broken for the moment: the same item may pass later. Anything else will not change by itself.
  const passing = status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;
  const errors = problem.errors.map(({ name, reason }) => `${name} ${reason}`.trim()).join('; ');
  return {
    done: false,
    refused: !passing && problem.code !== 'photo-changed',
    offline: status === 0,
    wait: problem.retryAfter === null ? null : problem.retryAfter * 1000,
    problem: {
      code: problem.code,
      title: problem.message,
      detail: [problem.detail, errors].filter(Boolean).join(' '),
      traceId: problem.traceId,
    },
  };
}
