// What is said next to a form or a list: what went wrong, or that it was done.
import { Refused } from './api.js';

export class Notices {
  constructor(problem, done) {
    this.problem = document.getElementById(problem);
    this.done = document.getElementById(done);
  }

  clear() {
    this.problem.hidden = this.done.hidden = true;
  }

  say(text) {
    this.#show(this.done, text);
  }

  complain(text) {
    this.#show(this.problem, text);
  }

  #show(notice, text) {
    this.clear();
    notice.textContent = text;
    notice.hidden = !text;
    notice.scrollIntoView({ block: 'nearest' });
  }

  /** Does it, and says what the API had against it. */
  async during(work) {
    this.clear();
    try {
      return await work();
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      this.complain(problem.message);
      return undefined;
    }
  }
}
