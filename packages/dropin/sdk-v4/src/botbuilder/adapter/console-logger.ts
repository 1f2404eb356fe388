import type { Logger } from '@parley/core'

/** Writes errors and warnings to the console, as v4 did; nothing else. */
export const consoleLogger: Logger = { debug: () => {}, info: () => {}, warn: write, error: write }

function write(facts: object, message: string): void {
  const { err, ...rest } = facts as { err?: unknown }
  // oxlint-disable-next-line no-console -- v4's bots look for errors there
  console.error(...(err === undefined ? [`${message} ${JSON.stringify(rest)}`] : [err]))
}
