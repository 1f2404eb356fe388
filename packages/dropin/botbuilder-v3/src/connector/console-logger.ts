import type { Logger } from '@parley/core'

/** Writes warnings and errors to the console, where bots of SDK v3 look for them; nothing else. */
export const consoleLogger: Logger = { debug: () => {}, info: () => {}, warn: write, error: write }

function write(facts: object, message: string): void {
  const { err, ...rest } = facts as { err?: unknown }
  // oxlint-disable-next-line no-console -- where bots of SDK v3 look for errors
  console.error(`${message} ${JSON.stringify(rest)}`, ...(err === undefined ? [] : [err]))
}
