// Notices of alerts, in a corner of each page. They stay until somebody dismisses them, on the next page too.
import './noticeboard.css';
import { keep, recall } from './storage.js';
import { fill, number, time } from './words.js';

const KEY = 'detak.notices';
const MOST_SHOWN = 3;
const MOST_KEPT = 50;

export class NoticeBoard {
  #box = document.getElementById('notice-board');
  #urgent = this.#box.querySelector('[role=alert]');
  #quiet = this.#box.querySelector('[role=status]');
  #more = document.getElementById('more-notices');
  #template = document.getElementById('notice-template');
  #alerts = []; // the newest first
  #notices = new Map();

  constructor() {
    this.words = this.#box.dataset;
    for (const alert of (recall('sessionStorage', KEY) ?? []).reverse()) this.#put(alert);
    this.#tidy();
    this.#more.querySelector('button').addEventListener('click', () => this.#dismiss(this.#alerts));
  }

  /** @param alerts the newest first */
  show(alerts) {
    for (const alert of [...alerts].reverse()) this.#put(alert);
    this.#tidy();
  }

  #put({ id, state, severity, rule, text, firedAt, resolvedAt }) {
    const alert = { id, state, severity, rule, text, firedAt, resolvedAt };
    const notice = this.#notice(alert);
    const before = this.#notices.get(id);
    const focused = before?.contains(document.activeElement);
    this.#take(id);
    this.#alerts.unshift(alert);
    this.#notices.set(id, notice);
    (state === 'firing' && severity === 'critical' ? this.#urgent : this.#quiet).prepend(notice);
    if (focused) notice.querySelector('button').focus();
    for (const { id: old } of this.#alerts.slice(MOST_KEPT)) this.#take(old);
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
    for (const { id } of [...alerts]) this.#take(id);
    this.#tidy();
    this.#box.querySelector('.toast:not([hidden]) button')?.focus();
  }

  #take(id) {
    this.#notices.get(id)?.remove();
    this.#notices.delete(id);
    this.#alerts = this.#alerts.filter((alert) => alert.id !== id);
  }

  #tidy() {
    this.#alerts.forEach(({ id }, i) => { this.#notices.get(id).hidden = i >= MOST_SHOWN; });
    const more = this.#alerts.length - MOST_SHOWN;
    this.#more.hidden = more <= 0;
    this.#more.querySelector('a').textContent = fill(this.words.more, { count: number(more) });
    keep('sessionStorage', KEY, this.#alerts);
  }
}
