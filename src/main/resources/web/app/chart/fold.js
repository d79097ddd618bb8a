// An axis of the hours in which the market is open: nights, weekends and the lunch break take no width.

const HOUR = 3_600_000;
const DAY = 86_400_000;
const WIB = 25_200_000; // UTC+7, no daylight saving
/** Closing prices settle that long after a day's last session, where that does not end the calendar day. */
const SETTLING = 900_000;

export class Fold {
  /** @param sessions [open, close] in epoch milliseconds, in the order of time */
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
   * @returns null where the market is open without a break, or not at all
   */
  static of({ day, open, close }) {
    const sessions = [];
    open.forEach((start, i) => {
      const end = close[i] + (day[i + 1] === day[i] || (close[i] + WIB) % DAY === 0 ? 0 : SETTLING);
      const last = sessions.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else sessions.push([start, end]);
    });
    return sessions.length && !(sessions.length === 1 && open.length > 1) ? new Fold(sessions) : null;
  }

  get from() {
    return this.sessions[0][0];
  }

  get to() {
    return this.sessions.at(-1)[1];
  }

  /** Whether the market is open then, or settling. */
  isOpen(t) {
    const i = this.#index(t);
    return i >= 0 && t <= this.sessions[i][1];
  }

  /** The place of a moment on the axis; of one that is folded away, that of the fold. */
  place(t) {
    const i = this.#index(t);
    if (i < 0) return 0;
    const [open, close] = this.sessions[i];
    return this.starts[i] + Math.min(t, close) - open;
  }

  moment(place) {
    let i = this.starts.findLastIndex((start) => start <= place);
    if (i < 0) i = 0;
    return Math.min(this.sessions[i][0] + place - this.starts[i], this.sessions[i][1]);
  }

  /** Where a new day begins, but for the first. */
  days(dayOf) {
    return this.starts.filter((start, i) => i > 0 && dayOf(this.sessions[i][0]) !== dayOf(this.sessions[i - 1][0]));
  }

  /** The full hours of a day or two, else the beginnings of the days. */
  ticks(dayOf) {
    const days = this.days(dayOf);
    if (days.length > 1) return [0, ...days];
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
