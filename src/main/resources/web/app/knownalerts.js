// Which alerts have been shown: alerts that fired while no page was open are shown once, by the next page.
import { load, save } from './storage.js';

const KEY = 'detak.alerts';
const MAX = 100;

export class KnownAlerts {
  #first = load('localStorage', KEY) === null;
  #states = stored();

  /**
   * @returns news: the alerts that are new to this page; unannounced: those of them that no other tab has shown either
   */
  add(alerts) {
    const ofAllTabs = stored();
    const news = alerts.filter((alert) => isNews(alert, this.#states));
    for (const { id, state } of [...news].reverse()) {
      this.#states.delete(id);
      this.#states.set(id, state);
    }
    if (!this.#first) save('localStorage', KEY, [...this.#states].slice(-MAX));
    return { news, unannounced: news.filter((alert) => isNews(alert, ofAllTabs)) };
  }

  /** Whether no tab knows a later state, so that a delayed notification does not claim that a resolved alert fires. */
  isNewest({ id, state }) {
    return (stored().get(id) ?? state) === state;
  }

  /** Adds the latest alerts, newest first. On the first visit, none of them is news. */
  catchUp(alerts) {
    const first = this.#first;
    this.#first = false;
    const added = this.add(alerts);
    return first ? { news: [], unannounced: [] } : added;
  }
}

function stored() {
  return new Map(load('localStorage', KEY) ?? []);
}

/** A resolved alert never fires again; a firing state after that is a delayed event. */
function isNews({ id, state }, known) {
  return known.get(id) !== state && known.get(id) !== 'resolved';
}
