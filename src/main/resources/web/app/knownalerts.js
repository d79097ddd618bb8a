// Which alerts were told: what happened while no page was there to tell it is told by the next one, once.
import { keep, recall } from './storage.js';

const KEY = 'detak.alerts';
const MOST = 100;

export class KnownAlerts {
  #first = recall('localStorage', KEY) === null;
  #states = stored();

  /** @returns which of them this page has not told, and which of those no other tab has told either */
  take(alerts) {
    const byOthers = stored();
    const news = alerts.filter((alert) => isNews(alert, this.#states));
    for (const { id, state } of [...news].reverse()) {
      this.#states.delete(id);
      this.#states.set(id, state);
    }
    if (!this.#first) keep('localStorage', KEY, [...this.#states].slice(-MOST));
    return { news, untold: news.filter((alert) => isNews(alert, byOthers)) };
  }

  /** Whether no tab knows of a later state: one that is late does not say that something fires which has resolved. */
  isNewest({ id, state }) {
    return (stored().get(id) ?? state) === state;
  }

  /** The newest alerts that there are, the newest first. To somebody who was never here before they are no news. */
  catchUp(alerts) {
    const first = this.#first;
    this.#first = false;
    const taken = this.take(alerts);
    return first ? { news: [], untold: [] } : taken;
  }
}

function stored() {
  return new Map(recall('localStorage', KEY) ?? []);
}

/** What has resolved does not fire again: whoever says so is late. */
function isNews({ id, state }, known) {
  return known.get(id) !== state && known.get(id) !== 'resolved';
}
