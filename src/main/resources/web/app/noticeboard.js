// Alert notices in a corner of each page. They stay until the reader dismisses them, also on the next page.
import './noticeboard.css';
import { load, save } from './storage.js';
import { fill, number, time } from './words.js';

const KEY = 'detak.notices';
const MAX_SHOWN = 3;
const MAX_KEPT = 50;
const ANNOUNCED_MS = 10_000;

export class NoticeBoard {
  #box = document.getElementById('notice-board');
  #urgent = this.#box.querySelector('[role=alert]');
  #quiet = this.#box.querySelector('[role=status]');
  #more = document.getElementById('more-notices');
  #template = document.getElementById('notice-template');
  #listed = document.getElementById('messages'); // the page lists the firing alerts itself
  #alerts = []; // the newest first
  #notices = new Map();

  constructor() {
    this.words = this.#box.dataset;
    for (const alert of (load('sessionStorage', KEY) ?? []).reverse()) this.#add(alert);
    this.#render();
    this.#more.querySelector('button').addEventListener('click', () => this.#dismiss(this.#alerts));
  }

  /** @param alerts the newest first */
  show(alerts) {
    for (const alert of [...alerts].reverse()) {
      this.#add(alert);
      if (this.#isListed(alert)) this.#announce(alert);
    }
    this.#render();
  }

  #isListed({ state }) {
    return this.#listed && state === 'firing';
  }

  /** For screen readers only. */
  #announce({ severity, rule, text }) {
    const news = document.createElement('p');
    news.className = 'unseen';
    news.textContent = `${this.words[severity]}: ${rule}. ${text}`;
    (severity === 'critical' ? this.#urgent : this.#quiet).append(news);
    setTimeout(() => news.remove(), ANNOUNCED_MS);
  }

  #add({ id, state, severity, rule, text, firedAt, resolvedAt }) {
    const alert = { id, state, severity, rule, text, firedAt, resolvedAt };
    const notice = this.#notice(alert);
    const before = this.#notices.get(id);
    const focused = before?.contains(document.activeElement);
    this.#remove(id);
    this.#alerts.unshift(alert);
    this.#notices.set(id, notice);
    (state === 'firing' && severity === 'critical' ? this.#urgent : this.#quiet).prepend(notice);
    if (focused) notice.querySelector('button').focus();
    for (const { id: old } of this.#alerts.slice(MAX_KEPT)) this.#remove(old);
  }

  #notice(alert) {
    const notice = this.#template.content.firstElementChild.cloneNode(true);
    const kind = alert.state === 'firing' ? alert.severity : 'resolved';
    notice.classList.add(kind);
    const word = notice.querySelector('.tag');
    word.classList.add(kind);
    word.textContent = this.words[kind];
    const link = notice.querySelector('a');
    link.href = `/alerts/${encodeURIComponent(alert.id)}`;
    link.textContent = alert.rule;
    notice.querySelector('time').textContent = time(alert.resolvedAt ?? alert.firedAt);
    notice.querySelector('.said').textContent = alert.text;
    notice.querySelector('button').addEventListener('click', () => this.#dismiss([alert]));
    return notice;
  }

  #dismiss(alerts) {
    for (const { id } of [...alerts]) this.#remove(id);
    this.#render();
    this.#box.querySelector('.toast:not([hidden]) button')?.focus();
  }

  #remove(id) {
    this.#notices.get(id)?.remove();
    this.#notices.delete(id);
    this.#alerts = this.#alerts.filter((alert) => alert.id !== id);
  }

  #render() {
    const shown = this.#alerts.filter((alert) => !this.#isListed(alert));
    const visible = new Set(shown.slice(0, MAX_SHOWN).map(({ id }) => id));
    for (const { id } of this.#alerts) this.#notices.get(id).hidden = !visible.has(id);
    const more = shown.length - MAX_SHOWN;
    this.#more.hidden = more <= 0;
    this.#more.querySelector('a').textContent = fill(this.words.more, { count: number(more) });
    save('sessionStorage', KEY, this.#alerts);
  }
}
