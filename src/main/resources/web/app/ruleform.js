// The rule form: fills its fields from the JSON of the API, and back.
import { showFieldsOf } from './fields.js';

const NUMBERS = ['percent', 'level', 'resolvePercent', 'resolveLevel'];
const TEXTS = ['window', 'coolDown', 'remind', 'text', 'resolvedText'];

export function startRuleForm() {
  const form = document.getElementById('rule-form');
  const fields = form.elements;
  const allCodes = document.getElementById('all-codes');
  const codes = [...form.querySelectorAll('input[name=codes]')];
  const channels = [...form.querySelectorAll('input[name=channels]')];

  function updateFields() {
    const { value, dataset } = fields.type.selectedOptions[0];
    showFieldsOf(form, value);
    setLabel('percent', dataset.percent);
    setLabel('resolvePercent', dataset.resolve);
  }

  function setLabel(field, which) {
    const label = form.querySelector(`label[for=${field}]`);
    label.textContent = label.dataset[which];
  }

  fields.type.addEventListener('change', updateFields);
  allCodes.addEventListener('change', () => codes.forEach((code) => { code.checked = false; }));
  const noneIsChecked = () => codes.every((code) => !code.checked);
  codes.forEach((code) => code.addEventListener('change', () => { allCodes.checked = noneIsChecked(); }));

  return {
    element: form,

    /** @param rule JSON of the API, or null for an empty form */
    write(rule) {
      form.reset();
      if (rule) {
        for (const name of ['name', 'type', 'severity', ...NUMBERS, ...TEXTS]) fields[name].value = rule[name] ?? '';
        fields.severity.value = rule.severity ?? 'warning';
        fields.confirm.value = rule.confirm === 1 ? '' : rule.confirm ?? '';
        fields.quietFrom.value = rule.quietHours?.from ?? '';
        fields.quietTo.value = rule.quietHours?.to ?? '';
        fields.enabled.checked = rule.enabled ?? true;
      }
      const chosen = rule?.codes ?? ['*'];
      allCodes.checked = chosen.includes('*');
      codes.forEach((code) => { code.checked = chosen.includes(code.value); });
      channels.forEach((channel) => { channel.checked = rule?.channels?.includes(channel.value) ?? false; });
      updateFields();
    },

    /** The form as JSON for the API, without empty fields, so that the defaults apply. */
    read() {
      const rule = {
        name: fields.name.value,
        type: fields.type.value,
        severity: fields.severity.value,
        codes: allCodes.checked ? ['*'] : codes.filter((code) => code.checked).map((code) => code.value),
        channels: channels.filter((channel) => channel.checked).map((channel) => channel.value),
        enabled: fields.enabled.checked,
      };
      for (const name of NUMBERS) if (isFilled(fields[name])) rule[name] = Number(fields[name].value);
      for (const name of TEXTS) if (isFilled(fields[name])) rule[name] = fields[name].value.trim();
      if (isFilled(fields.confirm)) rule.confirm = count(fields.confirm.value.trim());
      if (isFilled(fields.quietFrom) || isFilled(fields.quietTo)) {
        rule.quietHours = { from: fields.quietFrom.value || null, to: fields.quietTo.value || null };
      }
      return rule;
    },
  };
}

function isFilled(field) {
  return !field.disabled && field.value.trim() !== '';
}

/** A number of observations, or a time. */
function count(text) {
  return /^\d+$/.test(text) ? Number(text) : text;
}
