import { readFileSync } from 'node:fs'
import { standsOn, withoutEquivalent } from './packages.mjs'

/**
 * Everything a package of SDK v4 offers: its own names and those of the packages it stands on.
 *
 * @param {string} name - As SDK v4 calls it: `botbuilder`.
 * @returns {import('./read-surface.mjs').Surface}
 */
export function readNames(name) {
  const own = JSON.parse(readFileSync(new URL(`names/${name}.json`, import.meta.url), 'utf8'))
  for (const path of withoutEquivalent.keys()) {
    const [type = '', member = ''] = path.split('.')
    delete own[type]?.statics?.[member]
  }
  return Object.assign({}, ...(standsOn[name] ?? []).map(readNames), own)
}
