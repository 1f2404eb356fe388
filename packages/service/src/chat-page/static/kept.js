// What the page remembers in this browser: per browser (looks) or per tab (who the user is).

/**
 * @param {string} key
 * @returns {string | null}
 */
export function kept(key, storage = 'localStorage') {
  try {
    return globalThis[storage].getItem(`parley.${key}`)
  } catch {
    return null
  }
}

/** A browser that keeps nothing loses looks, not work; so nothing is said about it. */
export function keep(key, value, storage = 'localStorage') {
  try {
    globalThis[storage].setItem(`parley.${key}`, value)
  } catch {
    // Blocked or full.
  }
}
