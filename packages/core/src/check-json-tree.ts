import { BODY_REFUSALS } from './body-refusals.ts'
import { InboundRefusedError } from './errors.ts'

/**
 * Refuses what is dangerous in any JSON, whatever its schema: nesting deeper than `maxDepth`, and keys named `__proto__`, which
 * replace an object's prototype as soon as somebody copies them with an assignment. It looks at the parsed value, so it does
 * not matter how the key was written.
 *
 * @throws {@link InboundRefusedError} `BODY_DEPTH`, `BODY_PROTO`.
 */
export function checkJsonTree(value: object, maxDepth: number): void {
  if (maxDepth === 0) throw new InboundRefusedError(BODY_REFUSALS.BODY_DEPTH, 'The body is nested too deeply.')
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      if (typeof item === 'object' && item !== null) checkJsonTree(item, maxDepth - 1)
    }
    return
  }
  // `for in` reads the keys from the hidden class; Object.entries costs three times as much here.
  for (const key in value) {
    if (key === '__proto__') throw new InboundRefusedError(BODY_REFUSALS.BODY_PROTO, 'The body has a key "__proto__".')
    const item = (value as Record<string, unknown>)[key]
    if (typeof item === 'object' && item !== null) checkJsonTree(item, maxDepth - 1)
  }
}
