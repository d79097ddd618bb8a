// The stream of events. Over HTTP/1.1 a browser opens six connections to a host, and a stream keeps one: so of all tabs one
// has it, the one that holds a lock, and tells the others. Where there are no locks (without HTTPS), each tab has its own.
const ADDRESS = '/api/v1/stream';
const NAME = 'detak-stream';
const EVENTS = ['quote', 'alert', 'source', 'ping'];
const LOOK_EVERY_MS = 1000;
const AGAIN_MS = 2000;

// how long it may be silent before something is wrong: connected, there is a ping every 15 s
const SILENCE_MS = { open: 45_000, connecting: 10_000, lost: 10_000 };
// the same for a page that wakes up and wants to know at once
const SILENCE_AT_WAKING_MS = { open: 20_000, connecting: 10_000, lost: 3000 };

/**
 * Dispatches quote, alert, source and ping with their data as detail; open when there is a connection (again: what happened
 * meanwhile was missed), and lost when there is none.
 */
export class Stream extends EventTarget {
  state = 'connecting';
  /** When this page last knew that what it shows is so. */
  lastContact = new Date(document.documentElement.dataset.madeAt);
  #heardAt = Date.now();
  #source = null;
  #tabs = null;

  constructor() {
    super();
    if (navigator.locks) this.#join();
    else this.#connect();
    setInterval(() => this.#look(SILENCE_MS), LOOK_EVERY_MS);
    const wake = () => this.#look(SILENCE_AT_WAKING_MS);
    document.addEventListener('visibilitychange', () => document.hidden || wake());
    addEventListener('pageshow', ({ persisted }) => persisted && wake());
    for (const name of ['online', 'offline']) addEventListener(name, () => this.#source && this.#connect());
  }

  #look(patience) {
    if (Date.now() - this.#heardAt <= patience[this.state]) return;
    this.#hear({ name: 'lost' });
    if (this.#source || !this.#tabs) this.#connect();
    else this.#takeOver();
  }

  #connect() {
    this.#source?.close();
    const source = new EventSource(ADDRESS);
    this.#source = source;
    this.#heardAt = Date.now();
    source.onopen = () => this.#tell({ name: 'open' });
    // it may also have given up for good, as it does where a proxy answers 502
    source.onerror = () => {
      source.close();
      this.#tell({ name: 'lost' });
      setTimeout(() => this.#source === source && this.#connect(), AGAIN_MS);
    };
    for (const name of EVENTS) source.addEventListener(name, ({ data }) => this.#tell({ name, data: JSON.parse(data) }));
  }

  #disconnect() {
    this.#source?.close();
    this.#source = null;
  }

  #tell(message) {
    this.#hear(message);
    this.#tabs?.postMessage(message);
  }

  #hear({ name, data }) {
    const before = this.state;
    this.state = name === 'lost' ? 'lost' : 'open';
    this.#heardAt = Date.now();
    if (this.state === 'open') this.lastContact = new Date();
    if (this.state !== before || name === 'open') this.dispatchEvent(new Event(this.state));
    if (data) this.dispatchEvent(new CustomEvent(name, { detail: data }));
  }

  #join() {
    this.#tabs = new BroadcastChannel(NAME);
    this.#tabs.onmessage = ({ data: message }) => {
      if (message.name !== 'hello') this.#hear(message);
      else if (this.#source && this.state !== 'connecting') this.#tabs.postMessage({ name: this.state === 'open' ? 'ping' : 'lost' });
    };
    this.#tabs.postMessage({ name: 'hello' });
    this.#queue();
  }

  /** Waits until the tab that has the connection is closed. */
  #queue() {
    navigator.locks.request(NAME, () => this.#hold()).catch((error) => {
      this.#disconnect();
      if (error.name === 'AbortError') this.#queue();
    });
  }

  /** The tab that has the connection is silent: a browser may have put it to sleep. */
  #takeOver() {
    navigator.locks.request(NAME, { steal: true }, () => this.#hold()).catch(() => this.#disconnect());
  }

  #hold() {
    this.#connect();
    return new Promise(() => {}); // for as long as the tab is open
  }
}
