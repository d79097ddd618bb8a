// Selects a range of a box by dragging the mouse.

const MIN_PIXELS = 8;

/** @param select called with the left and right end in pixels from the box's left */
export function selectByDragging(box, select) {
  const band = document.createElement('div');
  band.className = 'selection';
  band.hidden = true;
  box.append(band);
  let start = null;
  const place = (event) => Math.max(0, Math.min(box.clientWidth, event.clientX - box.getBoundingClientRect().left));

  box.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button === 0) start = place(event);
  });
  window.addEventListener('pointermove', (event) => {
    if (start == null) return;
    const at = place(event);
    band.hidden = Math.abs(at - start) < MIN_PIXELS;
    band.style.left = `${Math.min(start, at)}px`;
    band.style.width = `${Math.abs(at - start)}px`;
  });
  window.addEventListener('pointerup', (event) => {
    if (start == null) return;
    const [left, right] = [start, place(event)].sort((a, b) => a - b);
    start = null;
    band.hidden = true;
    if (right - left < MIN_PIXELS) return;
    const swallow = (click) => click.stopPropagation(); // the end of a drag is not a click
    window.addEventListener('click', swallow, { capture: true });
    setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
    select(left, right);
  });
}
