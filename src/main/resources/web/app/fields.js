// Form fields that depend on a chosen type.

/** Shows the fields of a type; hides and disables the others, so that the form omits them. */
export function showFieldsOf(form, type) {
  for (const field of form.querySelectorAll('[data-of]')) {
    field.hidden = !field.dataset.of.split(' ').includes(type);
    for (const input of field.querySelectorAll('input, select, textarea')) input.disabled = field.hidden;
  }
}
