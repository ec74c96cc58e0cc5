// @ts-check
/** Elements are built from nodes and text only; nothing here ever parses markup. */

/**
 * @typedef {string | number | Node | null | undefined | false} Child
 * @typedef {{ class?: string, on?: Record<string, (event: any) => void>, data?: Record<string, string>,
 *   [attribute: string]: any }} Props
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Props | null} [props] @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  apply(element, props);
  add(element, children);
  return element;
}

/** @param {Element} element @param {Props | null | undefined} props */
function apply(element, props) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') element.setAttribute('class', value);
    else if (name === 'on') for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (name === 'data') Object.assign(/** @type {HTMLElement} */ (element).dataset, value);
    else if (name === 'value' || name === 'checked' || name === 'disabled') Reflect.set(element, name, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** @param {Element} element @param {(Child | Child[])[]} children */
function add(element, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** @param {string} tag @param {Props | null} [props] @param {...Child} children @returns {SVGElement} */
export function svg(tag, props, ...children) {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value !== undefined && value !== null) element.setAttribute(name, String(value));
  }
  add(element, children);
  return element;
}

/**
 * Puts new content in place of the old and gives the keyboard focus back to the element with the same `data-focus`.
 * @param {Element} container @param {...(Child | Child[])} children
 */
export function fill(container, ...children) {
  const active = document.activeElement;
  const key = active instanceof HTMLElement && container.contains(active) ? active.dataset.focus : undefined;
  const scrolled = container.scrollTop;
  container.replaceChildren();
  add(container, children);
  container.scrollTop = scrolled;
  if (key) /** @type {HTMLElement | null} */ (container.querySelector(`[data-focus="${CSS.escape(key)}"]`))?.focus();
}

/** @template {any[]} A @param {number} milliseconds @param {(...args: A) => void} run @returns {(...args: A) => void} */
export function debounced(milliseconds, run) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds, ...args);
  };
}

/** A flat colour set through the CSSOM, which a strict content policy allows where a style attribute is refused.
 * @template {HTMLElement | SVGElement} E @param {E} element @param {Record<string, string>} styles @returns {E} */
export function styled(element, styles) {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value);
  return element;
}
