import files from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

/** @type {(operation: string) => void} */
let listener = () => {}

/**
 * Calls `call` before every operation on files, which fails with what it throws. Applies to modules that are loaded after this
 * one.
 *
 * @param {(operation: string) => void} call
 */
export function beforeEachFileCall(call) {
  listener = call
}

/** @param {Record<string, any>} object @param {string[]} names */
function intercept(object, names) {
  for (const name of names) {
    const original = object[name]
    /** @this {unknown} @param {unknown[]} parameters */
    object[name] = async function (...parameters) {
      listener(name)
      return original.apply(this, parameters)
    }
  }
}

const file = await files.open('.')
intercept(Object.getPrototypeOf(file), ['writeFile', 'readFile', 'stat', 'sync', 'close'])
await file.close()
intercept(files, ['lstat', 'mkdir', 'open', 'readdir', 'rename', 'rmdir', 'stat', 'unlink'])
syncBuiltinESMExports()
