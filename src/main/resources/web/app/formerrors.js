// Errors of a form at their fields, in the page's language. The browser's own messages are in the language of the
// browser.
import './formerrors.css';

export class FormErrors {
  #form;

  constructor(form) {
    this.#form = form;
    form.noValidate = true;
    form.addEventListener('input', ({ target }) => unmark(target));
    form.addEventListener('change', ({ target }) => unmark(target));
    form.addEventListener('reset', () => this.clear());
  }

  clear() {
    this.#inputs().forEach(unmark);
  }

  /** @returns whether all fields are valid; else the first invalid one has the focus */
  check() {
    this.clear();
    const invalid = this.#inputs().filter((input) => !input.checkValidity());
    invalid.forEach(mark);
    invalid[0]?.focus();
    return invalid.length === 0;
  }

  /**
   * Marks the field that an error of the API names.
   *
   * @returns whether the form has it
   */
  show(detail) {
    const named = this.#inputs()
      .filter((input) => input.name)
      .map((input) => ({ input, at: detail.search(new RegExp(`\\b${input.dataset.field ?? input.name}\\b`)) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
    if (!named) return false;
    mark(named.input);
    named.input.focus();
    return true;
  }

  #inputs() {
    return [...this.#form.elements].filter((input) => input.dataset.error && !input.disabled);
  }
}

function mark(input) {
  unmark(input);
  const message = document.createElement('span');
  message.className = 'field-error';
  message.id = `${input.id}-error`;
  message.textContent = input.dataset.error;
  input.after(message);
  input.setAttribute('aria-invalid', 'true');
  const describedBy = [message.id, input.getAttribute('aria-describedby')];
  input.setAttribute('aria-describedby', describedBy.filter(Boolean).join(' '));
}

function unmark(input) {
  const message = document.getElementById(`${input.id}-error`);
  if (!message) return;
  message.remove();
  input.removeAttribute('aria-invalid');
  const others = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== message.id).join(' ');
  if (others) input.setAttribute('aria-describedby', others);
  else input.removeAttribute('aria-describedby');
}
