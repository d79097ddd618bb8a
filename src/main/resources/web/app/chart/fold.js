// A time axis of market hours only: nights, weekends and the lunch break have no width.
import { dayOf, HOUR, midnight } from './wib.js';

/** How long closing prices can change after the last session, unless it ends at midnight. */
const SETTLING = 900_000;

export class Fold {
  /** @param sessions [open, close] in epoch milliseconds, in chronological order */
  constructor(sessions) {
    this.sessions = sessions;
    this.starts = [];
    this.length = 0;
    for (const [open, close] of sessions) {
      this.starts.push(this.length);
      this.length += close - open;
    }
  }

  /**
   * @param answer columns of the API
   * @param from, to: the axis in epoch milliseconds, which cuts sessions; without them it is as long as they are
   * @returns null where the market is open without a break, or not at all
   */
  static of({ day, open, close }, from = -Infinity, to = Infinity) {
    const sessions = [];
    open.forEach((opening, i) => {
      const settles = day[i + 1] !== day[i] && midnight(dayOf(close[i])) !== close[i];
      const start = Math.max(from, opening);
      const end = Math.min(to, close[i] + (settles ? SETTLING : 0));
      const last = sessions.at(-1);
      if (start >= end) return;
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else sessions.push([start, end]);
    });
    return sessions.length && !(sessions.length === 1 && open.length > 1) ? new Fold(sessions) : null;
  }

  /** A fold without the sessions that end before a moment. */
  since(t) {
    return new Fold(this.sessions.filter(([, close]) => close > t));
  }

  get from() {
    return this.sessions[0][0];
  }

  get to() {
    return this.sessions.at(-1)[1];
  }

  /** Whether the market is open or settling at a moment. */
  isOpen(t) {
    const i = this.#index(t);
    return i >= 0 && t <= this.sessions[i][1];
  }

  /** The position of a moment on the axis; folded moments have the position of their fold. */
  place(t) {
    const i = this.#index(t);
    if (i < 0) return 0;
    const [open, close] = this.sessions[i];
    return this.starts[i] + Math.min(t, close) - open;
  }

  /** When the market first opens in a bar; null if it is folded completely. */
  openWithin(start, length) {
    const session = this.sessions.find(([open, close]) => open < start + length && close > start);
    return session ? Math.max(start, session[0]) : null;
  }

  moment(place) {
    const i = Math.max(0, this.starts.findLastIndex((start) => start <= place));
    return Math.min(this.sessions[i][0] + place - this.starts[i], this.sessions[i][1]);
  }

  /** The positions where a day begins, except the first. */
  get days() {
    return this.starts.filter((start, i) => i > 0 && dayOf(this.sessions[i][0]) !== dayOf(this.sessions[i - 1][0]));
  }

  /** Ticks: full hours for one or two days, else the beginnings of days. */
  get ticks() {
    if (this.days.length > 1) return [0, ...this.days];
    const hours = [];
    for (const [open, close] of this.sessions) {
      for (let t = Math.ceil(open / HOUR) * HOUR; t < close; t += HOUR) hours.push(this.place(t));
    }
    return hours;
  }

  #index(t) {
    return this.sessions.findLastIndex(([open]) => open <= t);
  }
}
