// Modal dialogs that ask the reader a question.
import { FormErrors } from './formerrors.js';
import { fill } from './words.js';

const known = new WeakMap();

function errorsOf(form) {
  if (!known.has(form)) known.set(form, new FormErrors(form));
  return known.get(form);
}

/** @returns whether the reader confirmed */
export function ask(dialog, first) {
  return new Promise((resolve) => {
    dialog.returnValue = '';
    const cancel = dialog.querySelector('[data-cancel]');
    const form = dialog.querySelector('form');
    const errors = errorsOf(form);
    errors.clear();
    const submit = (event) => {
      event.preventDefault();
      if (errors.check()) dialog.close('yes');
    };
    const leave = () => dialog.close('');
    form.addEventListener('submit', submit);
    cancel.addEventListener('click', leave);
    dialog.addEventListener('close', () => {
      form.removeEventListener('submit', submit);
      cancel.removeEventListener('click', leave);
      resolve(dialog.returnValue === 'yes');
    }, { once: true });
    dialog.showModal();
    first?.focus();
  });
}

export function askToDelete(name) {
  const dialog = document.getElementById('confirm-dialog');
  document.getElementById('confirm-title').textContent = fill(dialog.dataset.sure, { name });
  document.getElementById('confirm-why').textContent = document.getElementById('delete-why').textContent;
  return ask(dialog, dialog.querySelector('[data-cancel]'));
}
