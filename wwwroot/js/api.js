// @ts-check
/** The only place that talks to the service. Every failure becomes one {@link ApiProblem}. */

/** An RFC 9457 answer, or what stands in for one when the service cannot be reached. */
export class ApiProblem extends Error {
  /** @param {Record<string, any>} body @param {number} status 0 when nothing came back @param {number | null} [retryAfter] seconds */
  constructor(body, status, retryAfter = null) {
    super(typeof body.title === 'string' ? body.title : 'HTTP ' + status);
    this.name = 'ApiProblem';
    this.status = status;
    this.code =
      String(body.type ?? '')
        .split('/')
        .pop() ?? '';
    this.detail = typeof body.detail === 'string' ? body.detail : '';
    /** @type {string} technical id for the people who look into it */
    this.traceId = typeof body.traceId === 'string' ? body.traceId : '';
    this.body = body;
    /** @type {{ name: string, reason: string }[]} what is wrong with which field or parameter */
    this.errors = (Array.isArray(body.errors) ? body.errors : []).map((each) => ({
      name: String(each?.field ?? each?.parameter ?? each?.name ?? ''),
      reason: String(each?.reason ?? each?.message ?? ''),
    }));
    /** How many seconds the service asks to wait. */
    this.retryAfter = retryAfter;
  }
}

/** @typedef {Record<string, string | number | boolean | null | undefined>} Query */

/** @param {string} path @param {Query} [query] @returns {string} */
function address(path, query = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/** Asks the person to sign in again and resolves when they have. @type {(() => Promise<void>) | null} */
let signInAgain = null;

/** @param {() => Promise<void>} run what to do when the service no longer knows who asks; the call is then made once more */
export function onSignedOut(run) {
  signInAgain = run;
}

/** @param {string} url @param {RequestInit} options @returns {Promise<any>} */
async function call(url, options) {
  try {
    return await callOnce(url, options);
  } catch (reason) {
    const asks = reason instanceof ApiProblem && reason.status === 401 && reason.code === 'not-signed-in';
    if (!asks || !signInAgain) throw reason;
    await signInAgain();
    return callOnce(url, options);
  }
}

/** @param {string} url @param {RequestInit} options @returns {Promise<any>} */
async function callOnce(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, headers: { Accept: 'application/json', ...options.headers } });
  } catch (reason) {
    if (reason instanceof DOMException && reason.name === 'AbortError') throw reason;
    throw new ApiProblem({ type: '/problems/unreachable' }, 0);
  }
  const text = await response.text();
  let body;
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    throw new ApiProblem({ type: '/problems/unreadable' }, response.status);
  }
  if (!response.ok) {
    const wait = Number(response.headers.get('Retry-After') ?? Number.NaN);
    throw new ApiProblem(body, response.status, Number.isFinite(wait) ? wait : null);
  }
  return body;
}

/**
 * @template T
 * @param {string} path @param {Query} [query] @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export function get(path, query, signal) {
  return call(address(path, query), { method: 'GET', signal });
}

/**
 * @template T
 * @param {string} path @param {Query} query @param {Blob} body @param {string} contentType
 * @returns {Promise<T>}
 */
export function post(path, query, body, contentType) {
  return call(address(path, query), { method: 'POST', body, headers: { 'Content-Type': contentType } });
}

/**
 * A call with a JSON body; `revision` makes it apply only to that revision of the record.
 * @template T
 * @param {'POST' | 'PUT' | 'PATCH' | 'DELETE'} method @param {string} path @param {unknown} [body]
 * @param {{ query?: Query, revision?: number }} [how]
 * @returns {Promise<T>}
 */
export function send(method, path, body, { query, revision } = {}) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (revision !== undefined) headers['If-Match'] = `"${revision}"`;
  return call(address(path, query), {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/**
 * A call about the session itself, whose 401 is an answer and not a reason to ask for a sign-in.
 * @template T
 * @param {'GET' | 'POST' | 'DELETE'} method @param {unknown} [body]
 * @returns {Promise<T>}
 */
export function sessionCall(method, body) {
  return callOnce('/api/session', {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/**
 * All pages of a paged collection.
 * @param {string} path @param {Query} query @param {AbortSignal} [signal]
 * @returns {Promise<import('./types.js').Features>}
 */
export async function getAll(path, query, signal) {
  /** @type {import('./types.js').Feature[]} */
  const features = [];
  let cursor = /** @type {string | null} */ (null);
  do {
    /** @type {import('./types.js').Features} */
    const page = await get(path, { ...query, cursor }, signal);
    for (const feature of page.features) features.push(feature);
    cursor = page.next ?? null;
  } while (cursor);
  return { type: 'FeatureCollection', features };
}

/**
 * Runs the newest of a series of loads and drops the answers of older ones.
 * @returns {<T>(load: (signal: AbortSignal) => Promise<T>) => Promise<T | undefined>} undefined when overtaken
 */
export function latestOnly() {
  /** @type {AbortController | null} */
  let running = null;
  return async (load) => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    try {
      const result = await load(mine.signal);
      return running === mine ? result : undefined;
    } catch (reason) {
      if (running !== mine || mine.signal.aborted) return undefined;
      throw reason;
    }
  };
}
