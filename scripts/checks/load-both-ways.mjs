// Evaluated by one-implementation.mjs in a process of its own, where nothing is loaded yet.
// Arguments: package entries. Prints a JSON array of what differs between require and import.
import { createRequire } from 'node:module'

const specifiers = process.argv.slice(1)
const require = createRequire(import.meta.url)

/** @type {string[]} */
const faults = []
for (const specifier of specifiers) faults.push(...(await compare(specifier)))
process.stdout.write(JSON.stringify(faults), () => process.exit(0))

/** @param {string} specifier */
async function compare(specifier) {
  try {
    const required = require(specifier)
    const imported = await import(specifier)
    return differences(specifier, required, imported)
  } catch (error) {
    return [`${specifier} does not load: ${error instanceof Error ? error.message : String(error)}`]
  }
}

/**
 * @param {string} specifier
 * @param {Record<string, unknown>} required
 * @param {Record<string, unknown>} imported
 */
function differences(specifier, required, imported) {
  const names = new Set([...Object.keys(required), ...Object.keys(imported)])
  names.delete('default')
  names.delete('module.exports')
  return [...names].flatMap((name) => {
    if (!(name in required)) return [`${specifier}: require gives no ${name}`]
    if (!(name in imported)) return [`${specifier}: import gives no ${name}`]
    return Object.is(required[name], imported[name])
      ? []
      : [`${specifier}: require and import give two different ${name}`]
  })
}
