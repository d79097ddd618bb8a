// "Tell me when LQ45 falls 2 % in a day": makes a rule from the chart.
import './alertform.css';
import { ApiError, call, read } from './api.js';
import { sentence } from './backtest.js';
import { canSubscribe, subscribeDevice } from './push.js';
import { fill, number } from './words.js';

const LEVELS = ['below', 'above'];

/**
 * @param chosen the code of the shown indicator
 * @param show draws a threshold: { value, text, drag(value) }, or null for none
 * @param base the value that the changes of the day are measured from, or null
 */
export function startAlertForm({ chosen, show, base }) {
  const form = document.getElementById('alert-form');
  if (!form) return () => {};
  const words = form.dataset;
  const field = (name) => document.getElementById(`alert-${name}`);
  const [move, amount, span, problem, past, done] = ['move', 'amount', 'span', 'problem', 'past', 'done'].map(field);
  let shownCode = null;

  const isLevel = () => LEVELS.includes(move.value);
  const chosenText = (select) => select.selectedOptions[0].textContent;
  const value = () => Number(amount.value);

  /** @returns the rule as JSON of the API */
  function rule() {
    const channels = [...form.querySelectorAll('input[name=channel]:checked')].map((input) => input.value);
    const amount = `${chosenText(move)} ${number(value())}`;
    const text = isLevel() ? amount : `${amount}% ${chosenText(span)}`;
    return { name: `${shownCode} ${text}`, codes: [shownCode], severity: 'warning', channels, ...condition() };
  }

  function condition() {
    const exact = amount.value;
    if (isLevel()) return { type: move.value, level: Number(exact) };
    if (move.value === 'falls' && span.value === '1td') return { type: 'dayChange', percent: Number(exact) };
    if (move.value === 'falls' && span.value === 'high') {
      return { type: 'dropOver', percent: Number(exact), window: '30d' };
    }
    return { type: 'changeOver', percent: move.value === 'falls' ? -Number(exact) : Number(exact), window: span.value };
  }

  function valid() {
    const tooMuch = move.value === 'falls' && value() > 100;
    const wrong = !(value() > 0) ? words.amountWrong : tooMuch ? words.percentWrong : '';
    problem.textContent = wrong;
    problem.hidden = !wrong;
    amount.setAttribute('aria-invalid', Boolean(wrong));
    if (wrong) amount.focus();
    return !wrong;
  }

  /** The level at which the rule would fire, as a line that can be dragged. */
  function drawLine() {
    const start = base();
    if (form.hidden || !(value() > 0)) return show(null);
    if (isLevel()) return show({ value: value(), text: words.line, drag: (level) => set(level) });
    if (span.value !== '1td' || start == null) return show(null);
    const sign = move.value === 'falls' ? -1 : 1;
    return show({
      value: start * (1 + (sign * value()) / 100),
      text: words.line,
      drag: (level) => set(Math.max(0.01, (sign * (level / start - 1)) * 100)),
    });
  }

  function set(wanted) {
    amount.value = isLevel() ? Number(wanted.toPrecision(6)) : Math.round(wanted * 100) / 100;
    changed();
  }

  function changed() {
    form.querySelector('[data-unit]').hidden = span.hidden = isLevel();
    const high = span.querySelector('[value=high]');
    high.disabled = high.hidden = move.value === 'rises';
    if (high.disabled && span.value === 'high') span.value = '1td';
    past.textContent = '';
    problem.hidden = true;
    amount.removeAttribute('aria-invalid');
    document.getElementById('alert-more').href = `/rules?${new URLSearchParams({ rule: JSON.stringify(rule()) })}`;
    drawLine();
  }

  async function open() {
    form.hidden = false;
    done.hidden = true;
    begin();
    amount.focus();
    await listChannels();
  }

  function begin() {
    const next = chosen();
    if (next.code === shownCode) return changed();
    shownCode = next.code;
    document.getElementById('alert-code').textContent = next.code;
    for (const option of move.options) if (LEVELS.includes(option.value)) option.hidden = option.disabled = !next.level;
    if (!next.level && isLevel()) move.value = 'falls';
    return changed();
  }

  /** @param also the id of a channel to check */
  async function listChannels(also) {
    const box = field('channels');
    field('device').hidden = !await canSubscribe().catch(() => false);
    const { items } = await read('/api/v1/channels').catch(() => ({ items: [] }));
    const chosenBefore = new Set([...box.querySelectorAll(':checked')].map((input) => input.value));
    box.querySelectorAll('label, .hint').forEach((old) => old.remove());
    field('device').before(...items.filter(({ enabled }) => enabled).map(({ id, name }) => {
      const label = Object.assign(document.createElement('label'), { className: 'check' });
      const box = document.createElement('input');
      const checked = chosenBefore.has(id) || id === also;
      Object.assign(box, { type: 'checkbox', name: 'channel', value: id, checked });
      label.append(box, ` ${name}`);
      return label;
    }));
    if (!items.length) {
      const hint = document.createElement('span');
      field('device').before(Object.assign(hint, { className: 'hint', textContent: words.noChannel }));
    }
  }

  async function notifyThisDevice() {
    past.textContent = '';
    problem.hidden = true;
    const { channel, test } = await subscribeDevice({ refused: words.refused });
    if (Notification.permission === 'denied') throw new ApiError(words.blocked);
    if (!channel) return;
    await listChannels(channel.id);
    if (test?.delivered) past.textContent = fill(words.tested, channel);
    else if (test) throw new ApiError(fill(words.testFailed, { name: channel.name, reason: test.reason }));
  }

  function close() {
    form.hidden = true;
    show(null);
    document.getElementById('new-alert').focus();
  }

  async function run(action) {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problem.textContent = error.message;
      problem.hidden = false;
    }
  }

  document.getElementById('new-alert').addEventListener('click', (event) => {
    event.preventDefault();
    if (form.hidden) open();
    else close();
  });
  field('cancel').addEventListener('click', close);
  form.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
  form.addEventListener('input', ({ target }) => target.name !== 'channel' && changed());
  field('device').addEventListener('click', () => run(notifyThisDevice));
  field('past-run').addEventListener('click', () => valid() && run(async () => {
    const result = await call('POST', '/api/v1/rules/backtest', rule());
    if (result) past.textContent = sentence(words, result);
  }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!valid()) return;
    run(async () => {
      const made = rule();
      if (await call('POST', '/api/v1/rules', made) === undefined) return;
      close();
      done.textContent = fill(words.created, { name: made.name });
      done.hidden = false;
    });
  });

  /** After another indicator or range was drawn. */
  return () => !form.hidden && begin();
}
