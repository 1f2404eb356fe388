import { type Context, createContext, Script } from 'node:vm'
import type { OpenValue } from '@parley/core'

/** What runs the task of {@link withinTime}; made when it is first needed. */
let runner: { context: Context; script: Script } | undefined

/**
 * Runs a task that may take forever, and gives it up when it has taken too long: regular expressions do, and nothing else stops
 * them. Costs some 40 µs; a task that is given up may leave its work half done.
 *
 * @returns What the task returns; `undefined` when it was given up.
 */
export function withinTime<T>(timeoutMs: number, task: () => T): T | undefined {
  runner ??= { context: createContext({}), script: new Script('task()') }
  const outer = runner.context['task']
  runner.context['task'] = task
  try {
    return runner.script.runInContext(runner.context, { timeout: timeoutMs })
  } catch (error) {
    if ((error as OpenValue)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    return undefined
  } finally {
    runner.context['task'] = outer
  }
}
