// The event stream. Over HTTP/1.1 a browser opens at most six connections per host, and a stream occupies one.
// Therefore all tabs share one stream: the tab that holds a Web Lock has the connection and forwards its events to the
// others. Without Web Locks (no HTTPS), each tab has its own connection.
const ADDRESS = `/api/v1/stream?lang=${document.documentElement.lang}`;
const NAME = 'detak-stream';
const EVENTS = ['quote', 'alert', 'source', 'ping'];
const CHECK_EVERY_MS = 1000;
const RECONNECT_AFTER_MS = 2000;

// how long the stream may be silent in each state; the server sends a ping every 15 s
const MAX_SILENCE_MS = { open: 45_000, connecting: 10_000, lost: 10_000 };
// stricter limits for a page that becomes visible again
const MAX_SILENCE_ON_WAKE_MS = { open: 20_000, connecting: 10_000, lost: 3000 };

/**
 * Dispatches quote, alert, source and ping with their data as detail; open after each (re)connection, after which the
 * page must fetch what it missed; and lost when the connection is gone.
 */
export class Stream extends EventTarget {
  state = 'connecting';
  /** When the page was last known to be current. */
  lastContact = new Date(document.documentElement.dataset.madeAt);
  #receivedAt = Date.now();
  #source = null;
  #tabs = null;

  constructor() {
    super();
    if (navigator.locks) this.#join();
    else this.#connect();
    setInterval(() => this.#checkSilence(MAX_SILENCE_MS), CHECK_EVERY_MS);
    const wake = () => this.#checkSilence(MAX_SILENCE_ON_WAKE_MS);
    document.addEventListener('visibilitychange', () => document.hidden || wake());
    addEventListener('pageshow', ({ persisted }) => persisted && wake());
    for (const name of ['online', 'offline']) addEventListener(name, () => this.#source && this.#connect());
  }

  #checkSilence(limits) {
    if (Date.now() - this.#receivedAt <= limits[this.state]) return;
    this.#receive({ name: 'lost' });
    if (this.#source || !this.#tabs) this.#connect();
    else this.#takeOver();
  }

  #connect() {
    this.#source?.close();
    const source = new EventSource(ADDRESS);
    this.#source = source;
    this.#receivedAt = Date.now();
    source.onopen = () => this.#publish({ name: 'open' });
    // EventSource itself does not retry after every error, such as a 502 from a proxy
    source.onerror = () => {
      source.close();
      this.#publish({ name: 'lost' });
      setTimeout(() => this.#source === source && this.#connect(), RECONNECT_AFTER_MS);
    };
    for (const name of EVENTS)
      source.addEventListener(name, ({ data }) => this.#publish({ name, data: JSON.parse(data) }));
  }

  #disconnect() {
    this.#source?.close();
    this.#source = null;
  }

  /** Handles a message here and forwards it to the other tabs. */
  #publish(message) {
    this.#receive(message);
    this.#tabs?.postMessage(message);
  }

  #receive({ name, data }) {
    const before = this.state;
    this.state = name === 'lost' ? 'lost' : 'open';
    this.#receivedAt = Date.now();
    if (this.state === 'open') this.lastContact = new Date();
    if (this.state !== before || name === 'open') this.dispatchEvent(new Event(this.state));
    if (data) this.dispatchEvent(new CustomEvent(name, { detail: data }));
  }

  #join() {
    this.#tabs = new BroadcastChannel(NAME);
    this.#tabs.onmessage = ({ data: message }) => {
      if (message.name !== 'hello') this.#receive(message);
      else if (this.#source && this.state !== 'connecting')
        this.#tabs.postMessage({ name: this.state === 'open' ? 'ping' : 'lost' });
    };
    this.#tabs.postMessage({ name: 'hello' });
    this.#queue();
  }

  /** Waits for the lock, until the tab that has the connection is closed. */
  #queue() {
    navigator.locks.request(NAME, () => this.#hold()).catch((error) => {
      this.#disconnect();
      if (error.name === 'AbortError') this.#queue();
    });
  }

  /** Steals the lock from a tab that is silent; the browser may have suspended it. */
  #takeOver() {
    navigator.locks.request(NAME, { steal: true }, () => this.#hold()).catch(() => this.#disconnect());
  }

  #hold() {
    this.#connect();
    return new Promise(() => {}); // holds the lock for as long as the tab is open
  }
}
