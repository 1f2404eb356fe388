import type { MemoryScope } from './memory-scope.ts'
import type { PathResolver } from './path-resolver.ts'

/** A component that adds scopes to the memory. */
export interface ComponentMemoryScopes {
  getMemoryScopes(): MemoryScope[]
}

/** A component that adds abbreviations of paths. */
export interface ComponentPathResolvers {
  getPathResolvers(): PathResolver[]
}

/** Whether the component adds scopes to the memory. */
export function isComponentMemoryScopes(component: unknown): component is ComponentMemoryScopes {
  return typeof (component as ComponentMemoryScopes).getMemoryScopes === 'function'
}

/** Whether the component adds abbreviations of paths. */
export function isComponentPathResolvers(component: unknown): component is ComponentPathResolvers {
  return typeof (component as ComponentPathResolvers).getPathResolvers === 'function'
}

const sources: (() => readonly unknown[])[] = []

/**
 * Adds a source of components, whose scopes and resolvers come after the usual ones. For registries, once per process: it is
 * asked in every turn that uses memory.
 */
export function addMemoryComponents(source: () => readonly unknown[]): void {
  sources.push(source)
}

/** All components of all sources. */
export function memoryComponents(): unknown[] {
  return sources.flatMap((source) => source())
}
