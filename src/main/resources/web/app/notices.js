// Success and error messages next to a form or list.
import { ApiError } from './api.js';

export class Notices {
  constructor(problem, done) {
    this.problem = document.getElementById(problem);
    this.done = document.getElementById(done);
  }

  clear() {
    this.problem.hidden = this.done.hidden = true;
  }

  showDone(text) {
    this.#show(this.done, text);
  }

  showProblem(text) {
    this.#show(this.problem, text);
  }

  #show(notice, text) {
    this.clear();
    notice.textContent = text;
    notice.hidden = !text;
    notice.scrollIntoView({ block: 'nearest' });
  }

  /**
   * Runs an action and shows the error if the API rejects it: at its field, if the form has it.
   *
   * @param errors FormErrors of the form, if there is one
   */
  async run(action, errors) {
    this.clear();
    try {
      return await action();
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      if (!errors?.show(problem.detail)) this.showProblem(problem.message);
      return undefined;
    }
  }
}
