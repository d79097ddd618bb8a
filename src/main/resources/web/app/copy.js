// Buttons that copy a link.

/** Copies an address and shows the button's done text for a moment; where the browser forbids it, shows the address. */
export async function copyLink(button, address) {
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    prompt(button.textContent, address);
    return;
  }
  const text = button.textContent;
  if (text === button.dataset.done) return;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = text; }, 3000);
}
