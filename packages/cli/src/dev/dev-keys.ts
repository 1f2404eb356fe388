import { createInterface } from 'node:readline'
import type { CommandIo } from '../command.ts'

/** What each key does, followed by Enter. */
export type DevKeys = Readonly<Record<string, () => void>>

/** Listens to the keyboard, where there is one. @returns a function that stops listening. */
export function listenToKeys({ stdin }: CommandIo, keys: DevKeys): () => void {
  if (stdin.isTTY !== true) return () => {}
  // Not as a terminal: that would take Ctrl-C away from the process.
  const lines = createInterface({ input: stdin, terminal: false })
  lines.on('line', (line) => {
    const key = line.trim().toLowerCase()
    if (Object.hasOwn(keys, key)) keys[key]?.()
  })
  return () => lines.close()
}
