const TIMEOUT_MS = 10_000
const PAUSE_MS = 5

/** Repeats `check` until it no longer throws; fails with its last error. */
export async function eventually(check: () => void | Promise<void>): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS
  for (;;) {
    try {
      await check()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
