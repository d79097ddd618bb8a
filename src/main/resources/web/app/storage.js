// What the browser keeps for this site, in localStorage or sessionStorage; where it may keep nothing, each page starts anew.

/** @returns null where there is nothing */
export function recall(storage, key) {
  try {
    return JSON.parse(window[storage].getItem(key));
  } catch {
    return null;
  }
}

export function keep(storage, key, value) {
  try {
    window[storage].setItem(key, JSON.stringify(value));
  } catch {
    // it may be full, too
  }
}
