// Buttons that copy a link.

/** Copies an address and shows the button's done text for a moment. */
export async function copyLink(button, address) {
  await navigator.clipboard?.writeText(address).catch(() => {});
  const text = button.textContent;
  if (text === button.dataset.done) return;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = text; }, 3000);
}
