// Values in localStorage or sessionStorage; where the browser blocks storage, nothing is remembered.

/** @returns null if there is no value */
export function load(storage, key) {
  try {
    return JSON.parse(window[storage].getItem(key));
  } catch {
    return null;
  }
}

export function save(storage, key, value) {
  try {
    window[storage].setItem(key, JSON.stringify(value));
  } catch {
    // blocked or full
  }
}
