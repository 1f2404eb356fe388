/**
 * @typedef {import('./read-surface.mjs').Name} Name
 * @typedef {import('./read-surface.mjs').Surface} Surface
 */

/** Kinds that exist only for the compiler. */
const typesOnly = new Set(['interface', 'type'])

/**
 * What a program written for `wanted` would miss in `actual`: by their type declarations.
 *
 * @param {Surface} wanted
 * @param {Surface} actual
 * @returns {string[]} One line each.
 */
export function compareTypes(wanted, actual) {
  return Object.entries(wanted).flatMap(([name, theirs]) => {
    const ours = Object.hasOwn(actual, name) ? actual[name] : undefined
    if (!ours) return [`${name} (${theirs.kind}) is not there`]
    return [
      ...compareMembers(`${name}.prototype`, theirs, ours.members, theirs.members),
      ...compareMembers(name, theirs, ours.statics, theirs.statics),
    ]
  })
}

/**
 * @param {string} name
 * @param {Name} theirs
 * @param {Record<string, string>} [actual]
 * @param {Record<string, string>} [wanted]
 */
function compareMembers(name, { kind }, actual = {}, wanted = {}) {
  return Object.entries(wanted).flatMap(([member, wantedShape]) => {
    // Who implements what was abstract takes nothing away.
    const shape = wantedShape.replace('abstract ', '')
    const ours = Object.hasOwn(actual, member) ? actual[member]?.replace('abstract ', '') : undefined
    if (ours === undefined) return [`${name}.${member} is not there`]
    if (ours.endsWith('?') !== shape.endsWith('?')) return [`${name}.${member} is ${ours}, and was ${shape}`]
    // A subclass cannot override a property by a method, nor the other way round.
    if (kind === 'class' && ours !== shape) return [`${name}.${member} is a ${ours}, and was a ${shape}`]
    return []
  })
}

/**
 * What a program written for `wanted` would miss at run time.
 *
 * @param {Surface} wanted
 * @param {Record<string, unknown>} actual - The module.
 * @returns {string[]} One line each.
 */
export function compareValues(wanted, actual) {
  return Object.entries(wanted).flatMap(([name, theirs]) => {
    if (typesOnly.has(theirs.kind) || isEmptyNamespace(theirs)) return []
    const ours = /** @type {any} */ (actual[name])
    if (ours === undefined) return [`${name} is not exported at run time`]
    return [...compareValue(name, theirs, ours), ...compareMethods(name, theirs, ours)]
  })
}

/**
 * @param {string} name
 * @param {Name} theirs
 * @param {any} ours
 * @returns {string[]}
 */
function compareValue(name, { value, values = {} }, ours) {
  if (value !== undefined && ours !== value) return [`${name} is ${String(ours)}, and was ${value}`]
  return Object.entries(values)
    .filter(([key, wanted]) => ours[key] !== wanted)
    .map(([key, wanted]) => `${name}.${key} is ${String(ours[key])}, and was ${wanted}`)
}

/**
 * @param {string} name
 * @param {Name} theirs
 * @param {any} ours
 * @returns {string[]}
 */
function compareMethods(name, { kind, members = {}, statics = {} }, ours) {
  const isThere = (/** @type {any} */ target, /** @type {string} */ key) =>
    target !== undefined && key in Object(target)
  const missing = Object.entries(statics)
    .filter(([key, shape]) => !shape.endsWith('?') && !isThere(ours, key))
    .map(([key]) => `${name}.${key} is not there at run time`)
  if (kind !== 'class') return missing
  const methods = Object.entries(members).filter(([, shape]) => shape === 'method')
  return [
    ...missing,
    ...methods.filter(([key]) => !isThere(ours.prototype, key)).map(([key]) => `${name}.prototype.${key} is no method`),
  ]
}

/** @param {Name} name - A namespace of types leaves nothing behind at run time. */
function isEmptyNamespace({ kind, statics = {} }) {
  return kind === 'namespace' && Object.keys(statics).length === 0
}
