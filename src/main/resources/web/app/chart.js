import { history, startPlot } from './plot.js';

// as long as nobody chose one
const DEFAULT_RANGE = 'P7D';

/** The chart of the chosen indicator. Which one and which range stand in the page's address. */
export function startChart() {
  const section = document.getElementById('chart-section');
  if (!section) return null;
  const box = document.getElementById('chart');
  box.hidden = document.getElementById('ranges').hidden = false; // they do nothing without this script
  const plot = startPlot(box);
  const state = readAddress(section.dataset.code);
  let answer = null;
  let timer;

  async function load() {
    const asked = { ...state };
    const fresh = await history(asked.code, { from: asked.range, measure: document.getElementById('row-' + asked.code)?.dataset.measure });
    if (asked.code !== state.code || asked.range !== state.range || !fresh) return; // another was chosen meanwhile
    if (!fresh.points.t.length && state.range === DEFAULT_RANGE && !new URLSearchParams(location.search).has('range')) {
      state.range = ''; // nothing that recent: show what there is
      mark(section, state);
      load();
      return;
    }
    answer = fresh;
    plot.draw(answer);
  }

  function choose(change) {
    Object.assign(state, change);
    window.history.pushState(null, '', address(state));
    mark(section, state);
    load();
  }

  document.addEventListener('click', (event) => {
    const pick = event.target.closest('a.pick');
    if (pick && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      choose({ code: pick.dataset.code });
    }
  });
  section.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-range]');
    if (button) choose({ range: button.dataset.range });
  });
  window.addEventListener('popstate', () => {
    Object.assign(state, readAddress(section.dataset.code));
    mark(section, state);
    load();
  });

  mark(section, state);
  load();
  return {
    quoteArrived(code) {
      if (answer && code === answer.code) {
        clearTimeout(timer);
        timer = setTimeout(load, 200);
      }
    },
  };
}

/** @param fallback the code that the server understood, where the address is written by hand (lq45, USD/IDR) */
function readAddress(fallback) {
  const parameters = new URLSearchParams(location.search);
  const code = parameters.get('code');
  const range = parameters.get('range');
  return {
    code: document.getElementById('row-' + code) ? code : fallback,
    range: [...document.querySelectorAll('button[data-range]')].some((button) => button.dataset.range === range) ? range : DEFAULT_RANGE,
  };
}

function address(state) {
  return '/?' + new URLSearchParams({ code: state.code, range: state.range });
}

function mark(section, state) {
  const row = document.getElementById('row-' + state.code);
  document.querySelectorAll('tr.chosen').forEach((other) => other.classList.remove('chosen'));
  if (row) {
    row.classList.add('chosen');
    const title = document.getElementById('chart-title');
    title.replaceChildren(row.querySelector('.pick').textContent + ' ', row.querySelector('.name')?.cloneNode(true) ?? '');
  }
  section.querySelectorAll('button[data-range]').forEach((button) => button.setAttribute('aria-pressed', button.dataset.range === state.range));
}
