// Run by the check `surface` in a process of its own, where only what was built is loaded. Argument: the repository. Prints a
// JSON object of what each drop-in package lacks at run time.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compareValues } from './compare-surface.mjs'
import { readNames } from './names.mjs'

const [root = '.', ...names] = process.argv.slice(2)
const require = createRequire(join(root, 'package.json'))

/** @type {Record<string, string[]>} */
const missing = {}
for (const name of names) missing[name] = compareValues(readNames(name), require(`@parley/${name}`))
process.stdout.write(JSON.stringify(missing), () => process.exit(0))
