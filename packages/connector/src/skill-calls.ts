import { AsyncResource } from 'node:async_hooks'

/** Calls to skills that have no answer yet, by the id of the conversation with the skill; the newest last. */
const waiting = new Map<string, AsyncResource[]>()

/** Remembers the code that calls a skill, until the skill has answered. */
export async function whileCalling<T>(conversationId: string, call: () => Promise<T>): Promise<T> {
  const caller = new AsyncResource('SkillCall')
  const callers = waiting.get(conversationId) ?? []
  waiting.set(conversationId, callers)
  callers.push(caller)
  try {
    return await call()
  } finally {
    callers.splice(callers.indexOf(caller), 1)
    if (callers.length === 0) waiting.delete(conversationId)
  }
}

/**
 * Runs what a skill sent, as a part of the turn that is waiting for that skill, if there is one. Were it run as a turn of its
 * own, in order with the others, that turn would wait for it, and it for that turn.
 */
export function asPartOfSkillCall<T>(conversationId: string, run: () => Promise<T>): Promise<T> {
  const caller = waiting.get(conversationId)?.at(-1)
  return caller ? caller.runInAsyncScope(run) : run()
}
