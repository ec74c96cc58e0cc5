// @ts-check
// Renders /openapi/v1.json and /problems as a page. Text nodes only: nothing of the documents becomes markup.

/**
 * @typedef {{ type?: string | string[], format?: string, enum?: string[], minimum?: number, maximum?: number, default?: unknown,
 *   items?: Schema, $ref?: string }} Schema
 * @typedef {{ name: string, in: string, description?: string, required?: boolean, schema?: Schema, example?: unknown }} Parameter
 * @typedef {{ content?: Record<string, unknown>, description?: string }} Content
 * @typedef {{ summary?: string, parameters?: Parameter[], requestBody?: Content, responses?: Record<string, Content> }} Call
 * @typedef {{ info: { title: string, version: string, description: string }, paths: Record<string, Record<string, Call>> }} Description
 * @typedef {{ code: string, status: number, title: string, help: string }} ProblemKind
 */

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * An element with children; strings become text.
 * @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children
 */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`No element ${id}`);
  return found;
}

/** @param {Schema | undefined} schema @returns {string} */
function typeOf(schema) {
  if (!schema) return '';
  if (schema.items) return `${typeOf(schema.items)}, …`;
  const type = [schema.type ?? 'any'].flat().join(' | ');
  const limits = [schema.minimum !== undefined && `≥ ${schema.minimum}`, schema.maximum !== undefined && `≤ ${schema.maximum}`];
  const standard = schema.default === undefined ? '' : ` = ${schema.default}`;
  return [schema.enum ? schema.enum.join(' | ') : schema.format ?? type, ...limits].filter(Boolean).join(' ') + standard;
}

/** @param {Parameter} parameter */
function row(parameter) {
  const example = parameter.example === undefined ? '' : ` 例 e.g. ${parameter.example}`;
  return element('tr', {},
    element('th', { scope: 'row' }, element('code', {}, parameter.name), parameter.required ? ' *' : ''),
    element('td', {}, element('code', {}, typeOf(parameter.schema))),
    element('td', { lang: 'en' }, (parameter.description ?? (parameter.in === 'path' ? 'Part of the path.' : '')) + example));
}

/** @param {string} path @param {string} method @param {Call} call @param {string} id */
function callSection(path, method, call, id) {
  const section = element('article', { id },
    element('h3', {}, element('span', { class: 'method' }, method.toUpperCase()), element('code', {}, path)),
    element('p', { lang: 'en' }, call.summary ?? ''));
  if (call.parameters?.length) {
    section.append(element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `${path} 参数 parameters` },
      element('table', {}, element('tbody', {}, ...call.parameters.map(row)))));
  }
  const types = Object.keys(call.responses?.['200']?.content ?? {});
  const reads = Object.keys(call.requestBody?.content ?? {});
  section.append(element('p', {},
    ...(reads.length ? ['请求 Body: ', element('code', {}, reads.join(', ')), '; '] : []),
    '返回 Answers: ', element('code', {}, types.join(', '))));
  return section;
}

/** @param {string} path @returns {Promise<any>} */
async function read(path) {
  const response = await fetch(path, { headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** @param {Description} description */
function renderCalls(description) {
  byId('about').textContent = description.info.description;
  const entries = [];
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of methods.filter(m => m in item)) {
      const id = `${method}-${path.replaceAll(/[^a-z0-9]+/gi, '-')}`;
      entries.push(element('li', {}, element('a', { href: `#${id}` }, element('code', {}, `${method.toUpperCase()} ${path}`))));
      byId('calls').append(callSection(path, method, item[method], id));
    }
  }
  byId('contents').append(element('ul', {}, ...entries));
}

/** @param {ProblemKind[]} kinds */
function renderProblems(kinds) {
  for (const kind of kinds) {
    byId('problems').append(
      element('dt', { id: `problem-${kind.code}` }, element('code', {}, `/problems/${kind.code}`), ` ${kind.status}`),
      element('dd', { lang: 'en' }, `${kind.title}. ${kind.help}`));
  }
}

try {
  const [description, kinds] = await Promise.all([read('/openapi/v1.json'), read('/problems')]);
  renderCalls(description);
  renderProblems(kinds);
} catch (error) {
  byId('failure').hidden = false;
  console.error(error);
}

export {};
