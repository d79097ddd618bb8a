// Fields that only some types have.

/** Shows the fields of the chosen type, and leaves the others out of the form. */
export function showFieldsOf(form, type) {
  for (const field of form.querySelectorAll('[data-of]')) {
    field.hidden = !field.dataset.of.split(' ').includes(type);
    for (const input of field.querySelectorAll('input, select, textarea')) input.disabled = field.hidden;
  }
}
