import type { OpenValue } from '@parley/core'

/** The name under which `target` has the property, whatever the case; `undefined` if it has none. */
function keyOf(target: object, name: string): string | undefined {
  if (Object.hasOwn(target, name)) return name
  const wanted = name.toLowerCase()
  return Object.keys(target).find((key) => key.toLowerCase() === wanted)
}

/** The value at one step of a path. `first()` is the first in a list, or in the first list of a list. */
function step(target: OpenValue, segment: string | number): OpenValue {
  if (typeof target !== 'object' || target === null) return undefined
  if (Array.isArray(target)) {
    if (typeof segment === 'number') return target[segment]
    if (segment.toLowerCase() !== 'first()') return undefined
    return Array.isArray(target[0]) ? target[0][0] : target[0]
  }
  if (typeof segment === 'number') return undefined
  const key = keyOf(target, segment)
  return key === undefined ? undefined : target[key]
}

/** The value at a path, or `undefined`. */
export function readValue(memory: OpenValue, segments: readonly (string | number)[]): OpenValue {
  return segments.reduce(step, memory)
}

/** Sets the value at a path, making objects and lists on the way. Returns whether it could. */
export function writeValue(memory: OpenValue, segments: readonly (string | number)[], value: OpenValue): boolean {
  let target = memory
  segments.slice(0, -1).forEach((segment, index) => {
    const next = step(target, segment) ?? undefined
    if (next === undefined && typeof segment === 'string' && isNamed(target)) {
      const made = typeof segments[index + 1] === 'number' ? [] : {}
      setProperty(target, segment, made)
      target = made
    } else {
      target = next
    }
  })
  const last = segments.at(-1)
  if (typeof last === 'number' && Array.isArray(target) && last >= 0) target[last] = value
  else if (typeof last === 'string' && last && isNamed(target)) setProperty(target, last, value)
  else return false
  return true
}

/** Removes the value at a path; out of a list, so that what follows moves up. */
export function removeValue(memory: OpenValue, segments: readonly (string | number)[]): void {
  const target = readValue(memory, segments.slice(0, -1))
  const last = segments.at(-1)
  if (typeof last === 'number') {
    if (Array.isArray(target)) target.splice(last, 1)
  } else if (last !== undefined && isNamed(target)) {
    const key = keyOf(target, last)
    if (key !== undefined) delete target[key]
  }
}

function isNamed(target: OpenValue): boolean {
  return typeof target === 'object' && target !== null && !Array.isArray(target)
}

/** As a property of its own, whatever the name: `__proto__` is a name like others. */
function setProperty(target: object, name: string, value: OpenValue): void {
  const key = keyOf(target, name)
  if (key !== undefined) (target as OpenValue)[key] = value
  else Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
}
