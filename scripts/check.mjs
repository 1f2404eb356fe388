import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { SetupError, ensureInstalled, runScript } from './setup.mjs'

/**
 * @typedef {import('./checks/check.d.ts').Check} Check
 * @typedef {import('./checks/check.d.ts').Finding} Finding
 */

const repository = fileURLToPath(new URL('..', import.meta.url))

/** In the order they run, cheap ones first. Each is the file of that name in scripts/checks/. */
const names = [
  'lock',
  'floors',
  'references',
  'environment',
  'cycles',
  'named-exports',
  'error-codes',
  'docs',
  'examples',
  'forbidden-words',
  'format',
  'lint',
  'types',
  'one-implementation',
  'surface',
  'published-packages',
]

/**
 * Runs structure checks and prints every finding: what, why, fix.
 *
 * @param {string[]} selected - Names of checks; none means all.
 * @param {string} [root] - What is checked.
 * @returns {Promise<number>} The exit code.
 * @throws {SetupError} A name is not the name of a check.
 */
export async function runChecks(selected, root = repository) {
  const unknown = selected.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new SetupError(`No check is named ${unknown.join(', ')}; there are: ${names.join(', ')}.`)
  // Imported only now: the checks need what ensureInstalled() installs.
  const checks = await Promise.all((selected.length > 0 ? selected : names).map(load))
  const broken = checks.some(({ needsBuild }) => needsBuild) ? buildFault(root) : undefined
  const failed = []
  for (const check of checks) {
    const startedAt = performance.now()
    const findings = check.needsBuild && broken ? [broken] : await check.run(root)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    console.log(`${findings.length === 0 ? 'ok  ' : 'FAIL'}  ${check.name}: ${check.summary} (${seconds} s)`)
    if (findings.length > 0) failed.push(check.name)
    print(findings)
  }
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`)
  return failed.length === 0 ? 0 : 1
}

/**
 * @param {string} name
 * @returns {Promise<Check>}
 */
async function load(name) {
  const module = await import(`./checks/${name}.mjs`)
  return module.check
}

/**
 * @param {string} root
 * @returns {Finding | undefined}
 */
function buildFault(root) {
  try {
    build(root)
    return undefined
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    return { what: error.message, why: 'This check looks at what is built.', fix: 'npm run build' }
  }
}

/**
 * Findings with the same reason and remedy are printed together.
 *
 * @param {Finding[]} findings
 */
function print(findings) {
  /** @type {Map<string, Finding[]>} */
  const groups = new Map()
  for (const finding of findings) {
    const key = `${finding.why}\n${finding.fix}`
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  for (const group of groups.values()) {
    for (const { what } of group) console.log(`      what  ${indent(what)}`)
    console.log(`      why   ${group[0]?.why}\n      fix   ${group[0]?.fix}`)
  }
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll('\n', '\n            ')
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  void runScript(() => {
    ensureInstalled()
    return runChecks(process.argv.slice(2))
  })
}
