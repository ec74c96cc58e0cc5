// @ts-check
import { ApiProblem } from '../api.js';
import { fill, h } from '../dom.js';
import { announce, problemBox } from '../frame/messages.js';
import { t } from '../i18n/index.js';

/**
 * @typedef {{ value: string, text: string }} Option
 * @typedef {{ name: string, label: string,
 *   kind?: 'text' | 'area' | 'select' | 'date' | 'number' | 'password' | 'checkbox' | 'checks' | 'own',
 *   options?: readonly Option[], value?: any, required?: boolean, hint?: string, maxLength?: number,
 *   min?: number | string, max?: number | string, placeholder?: string, autocomplete?: string,
 *   own?: { element: HTMLElement, value: () => any, missing?: () => string } }} Field
 */

let serial = 0;

/**
 * A form whose inputs stay as they are whatever the service answers: errors are written to the fields they name.
 * @param {{ fields: readonly Field[], submit: string, run: (values: Record<string, any>) => Promise<void>,
 *   cancel?: () => void, cancelText?: string, kept?: string, danger?: boolean, label?: string }} spec
 * @returns {HTMLFormElement}
 */
export function buildForm(spec) {
  const parts = spec.fields.map((field) => control(field));
  const message = h('div', { class: 'form-message' });
  const button = h(
    'button',
    { type: 'submit', class: `button is-primary ${spec.danger ? 'is-danger' : ''}`, data: { focus: 'form-submit' } },
    spec.submit,
  );
  const form = h(
    'form',
    { class: 'form is-stacked', novalidate: true, 'aria-label': spec.label },
    ...parts.map(({ row }) => row),
    message,
    h(
      'div',
      { class: 'form-actions' },
      button,
      spec.cancel
        ? h('button', { type: 'button', class: 'button', on: { click: spec.cancel } }, spec.cancelText ?? t('cancel'))
        : null,
    ),
  );
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    const wrong = parts.filter((part) => part.check());
    if (wrong.length) {
      wrong[0].focus();
      announce(t('fieldsMissing', { n: wrong.length }));
      return;
    }
    busy = true;
    button.disabled = true;
    fill(message);
    try {
      await spec.run(Object.fromEntries(parts.map((part) => [part.name, part.value()])));
    } catch (reason) {
      if (!(reason instanceof ApiProblem)) throw reason;
      for (const each of reason.errors) {
        const part = parts.find(({ name }) => name === each.name || each.name.startsWith(`${name}[`));
        part?.fail(each.reason);
      }
      fill(message, problemBox(reason, null, spec.kept ?? t('keptInput')));
    } finally {
      busy = false;
      button.disabled = false;
    }
  });
  return form;
}

/** @param {Field} field */
function control(field) {
  const id = `field-${++serial}`;
  const error = h('span', { class: 'field-error', id: `${id}-error`, hidden: true });
  const kind = field.kind ?? 'text';
  const input = inputOf(field, kind, id);
  const fail = (/** @type {string} */ text) => {
    error.textContent = text;
    error.hidden = text === '';
    if (text) input.element.setAttribute('aria-invalid', 'true');
    else input.element.removeAttribute('aria-invalid');
  };
  input.element.addEventListener('input', () => fail(''));
  input.element.addEventListener('change', () => fail(''));
  const hint = field.hint ? h('span', { class: 'quiet', id: `${id}-hint` }, field.hint) : null;
  const described = [hint ? `${id}-hint` : '', `${id}-error`].filter(Boolean).join(' ');
  input.element.setAttribute('aria-describedby', described);
  if (field.required && kind !== 'own') input.element.setAttribute('aria-required', 'true');
  const label = field.required ? field.label : `${field.label}${t('optionalMark')}`;
  const group = kind === 'checks' || kind === 'own';
  const row =
    kind === 'checkbox'
      ? h('label', { class: 'layer-row' }, input.element, h('span', null, field.label), hint, error)
      : group
        ? h(
            'fieldset',
            { class: 'form-field', 'aria-describedby': described },
            h('legend', null, label),
            input.element,
            hint,
            error,
          )
        : h('div', { class: 'form-field' }, h('label', { for: id }, label), input.element, hint, error);
  return {
    name: field.name,
    row,
    value: input.value,
    fail,
    focus: () => {
      const inner = input.element.querySelector('input,button');
      if (input.element.matches('input,select,textarea')) input.element.focus();
      else if (inner instanceof HTMLElement) inner.focus();
    },
    /** @returns {boolean} whether something is missing; says so at the field */
    check: () => {
      const own = field.own?.missing?.() ?? '';
      const value = input.value();
      const empty = value === '' || value === null || (Array.isArray(value) && value.length === 0);
      const text = own || (field.required && empty ? t('fieldMissing') : '');
      fail(text);
      return text !== '';
    },
  };
}

/** @param {Field} field @param {string} kind @param {string} id @returns {{ element: HTMLElement, value: () => any }} */
function inputOf(field, kind, id) {
  const data = { focus: `field-${field.name}`, field: field.name };
  if (field.own) {
    const { element, value } = field.own;
    element.dataset.field = field.name;
    return { element, value };
  }
  if (kind === 'area') {
    const area = h('textarea', { id, rows: 3, maxlength: field.maxLength ?? 2000, data, value: field.value ?? '' });
    return { element: area, value: () => area.value.trim() };
  }
  if (kind === 'select') {
    const select = h(
      'select',
      { id, data },
      ...(field.options ?? []).map(({ value, text }) =>
        h('option', { value, selected: value === (field.value ?? '') }, text),
      ),
    );
    return { element: select, value: () => select.value };
  }
  if (kind === 'checkbox') {
    const box = h('input', { type: 'checkbox', id, data, checked: field.value === true });
    return { element: box, value: () => box.checked };
  }
  if (kind === 'checks') {
    const chosen = new Set(field.value ?? []);
    const boxes = (field.options ?? []).map(({ value, text }) => {
      const box = h('input', { type: 'checkbox', value, checked: chosen.has(value) });
      return { box, row: h('label', { class: 'layer-row' }, box, h('span', { dir: 'auto' }, text)) };
    });
    const element = h('div', { class: 'checks', data }, ...boxes.map(({ row }) => row));
    return { element, value: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value) };
  }
  const input = h('input', {
    type: kind,
    id,
    data,
    value: field.value ?? '',
    maxlength: kind === 'text' || kind === 'password' ? (field.maxLength ?? 200) : undefined,
    min: field.min,
    max: field.max,
    placeholder: field.placeholder,
    autocomplete: field.autocomplete ?? 'off',
    inputmode: kind === 'number' ? 'numeric' : undefined,
  });
  return {
    element: input,
    value: () => (kind === 'number' ? (input.value === '' ? null : Number(input.value)) : input.value.trim()),
  };
}
