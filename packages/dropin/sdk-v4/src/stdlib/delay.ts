import { setTimeout as wait } from 'node:timers/promises'

/** Waits. */
export function delay(milliseconds: number): Promise<void>
/** Waits at least so long for `promise`; a rejection is passed on at once. */
export function delay<T>(promise: Promise<T>, milliseconds: number): Promise<T>
export async function delay<T>(promise: Promise<T> | number, milliseconds = 0): Promise<T | void> {
  if (typeof promise === 'number') return wait(promise)
  const [value] = await Promise.all([promise, wait(milliseconds)])
  return value
}
