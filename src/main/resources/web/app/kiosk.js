// The kiosk: shows one indicator after the other, and keeps the screen awake.
import './kiosk.css';
import { time } from './words.js';

const CONTROLS_STAY_MS = 3000;
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

export function startKiosk() {
  const kiosk = document.getElementById('kiosk');
  if (!kiosk) return;
  startSlides(kiosk);
  showControls(kiosk);
  startClock();
  keepAwake();
}

function startSlides(kiosk) {
  const slides = document.getElementById('slides');
  const position = document.getElementById('position');
  const pause = document.getElementById('pause');
  let at = 0;
  let code;
  let value;
  let paused = false;
  let timer;

  const all = () => [...slides.querySelectorAll('.slide')];
  const valueOf = (slide) => slide?.querySelector('.value').textContent;

  function show() {
    all().forEach((slide, i) => { slide.hidden = i !== at; });
    position.textContent = `${all().length ? at + 1 : 0} / ${all().length}`;
    const shown = all()[at];
    code = shown?.dataset.code;
    value = valueOf(shown);
    return shown;
  }

  function step(by) {
    const count = all().length;
    at = count ? (at + by + count) % count : 0;
    show()?.classList.toggle('entering', count > 1);
    schedule();
  }

  function schedule() {
    clearTimeout(timer);
    if (!paused) timer = setTimeout(() => step(1), kiosk.dataset.every * 1000);
  }

  function toggle() {
    paused = !paused;
    kiosk.classList.toggle('paused', paused);
    pause.textContent = paused ? pause.dataset.resume : pause.dataset.pause;
    schedule();
  }

  // all slides were replaced, and their number may have changed
  document.addEventListener('fresh', () => {
    const found = all().findIndex((slide) => slide.dataset.code === code);
    at = found < 0 ? Math.min(at, Math.max(all().length - 1, 0)) : found;
    const before = value;
    const shown = show();
    if (found >= 0 && value !== before) shown.querySelector('.value').classList.add('flash');
  });

  document.getElementById('previous').addEventListener('click', () => step(-1));
  document.getElementById('next').addEventListener('click', () => step(1));
  pause.addEventListener('click', toggle);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === ' ' && !event.target.closest('button, a')) toggle();
    else if (event.key in STEPS) step(STEPS[event.key]);
    else return;
    event.preventDefault();
  });
  show();
  schedule();
}

/** Shows the controls while the mouse moves or the screen is touched; keyboard focus shows them by CSS. */
function showControls(kiosk) {
  let timer;
  for (const event of ['pointermove', 'pointerdown']) {
    document.addEventListener(event, () => {
      kiosk.classList.add('touched');
      clearTimeout(timer);
      timer = setTimeout(() => kiosk.classList.remove('touched'), CONTROLS_STAY_MS);
    });
  }
}

function startClock() {
  const clock = document.getElementById('clock');
  const show = () => { clock.textContent = time(Date.now()); };
  show();
  setInterval(show, 1000);
}

/** Requests a wake lock, again whenever the page becomes visible, because the browser releases it for hidden pages. */
function keepAwake() {
  // without a wake lock, the settings of the screen apply
  const ask = () => document.hidden || navigator.wakeLock?.request('screen').catch(() => {});
  document.addEventListener('visibilitychange', ask);
  ask();
}
