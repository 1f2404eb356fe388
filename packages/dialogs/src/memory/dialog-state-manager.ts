import { DialogUsageError } from '../dialog-usage-error.ts'
import type { OpenValue, TurnContext } from '@parley/core'
import { defaultMemoryScopes, defaultPathResolvers } from './default-memory.ts'
import { isComponentMemoryScopes, isComponentPathResolvers, memoryComponents } from './memory-components.ts'
import type { MemoryHost, MemoryScope } from './memory-scope.ts'
import { readValue, removeValue, writeValue } from './memory-values.ts'
import { ScopePath } from './scope-path.ts'
import { InvalidPath, readPath } from './path-segments.ts'
import type { PathSegment } from './path-segments.ts'
import type { PathResolver } from './path-resolver.ts'

/** The parts memory is made of. */
export interface DialogStateManagerConfiguration {
  readonly pathResolvers: PathResolver[]
  readonly memoryScopes: MemoryScope[]
}

/** Key in `turnState` of the configuration of this turn. */
const CONFIGURATION = 'DialogStateManagerConfiguration'
/** Keys in `turnState` of the states that the usual scopes read and write. */
const STATES = ['ConversationState', 'UserState']
/** Where the container keeps when tracked paths have changed. */
const TRACKER = 'dialog._tracker.paths'

/**
 * What dialogs remember, by paths such as `user.name`, `$list[0]` or `turn.items[turn.index]`. Names are found whatever their
 * case.
 */
export class DialogStateManager {
  private readonly dialogContext: MemoryHost
  private ownConfiguration: DialogStateManagerConfiguration | undefined

  /** @param configuration - From now on that of the whole turn. Default: that of the turn, else the usual parts. */
  constructor(dc: MemoryHost, configuration?: DialogStateManagerConfiguration) {
    this.dialogContext = dc
    if (configuration) dc.context.turnState.set(CONFIGURATION, (this.ownConfiguration = configuration))
  }

  get configuration(): DialogStateManagerConfiguration {
    return (this.ownConfiguration ??= this.configurationOfTurn())
  }

  set configuration(configuration: DialogStateManagerConfiguration) {
    this.ownConfiguration = configuration
  }

  /**
   * The value at a path.
   *
   * @param defaultValue - What is returned when there is none; a function is called for it.
   * @throws Error: the path cannot be read.
   */
  getValue<T = OpenValue>(pathExpression: string, defaultValue?: T | (() => T)): T {
    const value = this.find(pathExpression)
    if (value !== undefined && value !== null) return value
    return typeof defaultValue === 'function' ? (defaultValue as () => T)() : (defaultValue as T)
  }

  /**
   * Sets the value at a path. Objects and lists that are missing on the way are made, lists grow.
   *
   * @throws Error: the path cannot be read, begins with no scope, or leads through something that is no object.
   */
  setValue(pathExpression: string, value: OpenValue): void {
    const [name, ...segments] = this.parsePath(this.transformPath(pathExpression))
    if (name === undefined) throw new DialogUsageError("DialogStateManager.setValue: path wasn't specified.")
    const scope = this.getMemoryScope(String(name))
    if (!scope) throw new DialogUsageError(`DialogStateManager.setValue: a scope of '${name}' wasn't found.`)
    this.trackChange([name, ...segments])
    if (segments.length === 0) {
      scope.setMemory(this.dialogContext, value)
    } else if (!writeValue(scope.getMemory(this.dialogContext), segments, value)) {
      throw new DialogUsageError(`DialogStateManager.setValue: unable to update value for '${pathExpression}'.`)
    }
  }

  /**
   * Removes the value at a path.
   *
   * @throws Error: the path cannot be read, begins with no scope, or is one.
   */
  deleteValue(pathExpression: string): void {
    const [name, ...segments] = this.parsePath(this.transformPath(pathExpression))
    if (segments.length === 0)
      throw new DialogUsageError(`DialogStateManager.deleteValue: invalid path of '${pathExpression}'.`)
    const scope = this.getMemoryScope(String(name))
    if (!scope) throw new DialogUsageError(`DialogStateManager.deleteValue: a scope of '${name}' wasn't found.`)
    removeValue(scope.getMemory(this.dialogContext), segments)
    this.trackChange([name as string, ...segments])
  }

  /** Reads what is stored of every scope. */
  async loadAllScopes(): Promise<void> {
    for (const scope of this.configuration.memoryScopes) await scope.load(this.dialogContext)
  }

  /** Stores what has changed in every scope. */
  async saveAllChanges(): Promise<void> {
    for (const scope of this.configuration.memoryScopes) await scope.saveChanges(this.dialogContext)
  }

  /** Deletes what a scope remembers; nothing if there is no such scope. */
  async deleteScopesMemory(name: string): Promise<void> {
    await this.getMemoryScope(name)?.delete(this.dialogContext)
  }

  /**
   * Takes a path apart: names, and numbers of things in lists.
   *
   * @param allowNestedPaths - Whether a path in brackets is replaced by its value; `false` gives `[]` for such paths.
   * @throws Error: the path cannot be read.
   */
  parsePath(pathExpression: string, allowNestedPaths = true): (string | number)[] {
    const segments = this.read(pathExpression)
    if (segments.every((segment) => typeof segment !== 'object')) return [...(segments as (string | number)[])]
    return allowNestedPaths ? segments.map((segment) => this.resolve(segment)) : []
  }

  /** The path with the abbreviation at its beginning written out. */
  transformPath(pathExpression: string): string {
    const { pathResolvers } = this.configuration
    const path = pathResolvers.reduce((written, resolver) => resolver.transformPath(written), pathExpression.trim())
    return path.endsWith('.') ? path.slice(0, -1) : path
  }

  /** What is remembered, for tools that show it to developers. */
  getMemorySnapshot(): object {
    const snapshot: { [name: string]: object } = {}
    for (const scope of this.configuration.memoryScopes) {
      const memory: object | undefined = scope.includeInSnapshot ? scope.getMemory(this.dialogContext) : undefined
      if (memory) snapshot[scope.name] = memory
    }
    return snapshot
  }

  /** Begins to track changes of values. Returns the names by which to ask for them. */
  trackPaths(paths: string[]): string[] {
    const names: string[] = []
    for (const path of paths) {
      const segments = this.parsePath(this.transformPath(path), false)
      if (segments.length === 0) continue
      const name = trackedName(segments)
      names.push(name)
      this.setValue(`${TRACKER}.${name}`, 0)
    }
    return names
  }

  /** Whether one of the tracked values has changed since `dialog.eventCounter` was `counter`. */
  anyPathChanged(counter: number, paths: string[]): boolean {
    return (paths ?? []).some((path) => this.getValue<number>(`${TRACKER}.${path}`, -1) > counter)
  }

  /** The version of what is remembered: always `0`. */
  version(): string {
    return '0'
  }

  private find(pathExpression: string): OpenValue {
    const path = this.transformPath(pathExpression)
    const [name, ...segments] = this.parsePath(path)
    if (name === undefined) return undefined
    const scope = this.getMemoryScope(String(name))
    if (scope) return readValue(scope.getMemory(this.dialogContext), segments)
    process.emitWarning(`DialogStateManager.getValue: a scope of '${name}' wasn't found for '${pathExpression}'.`)
  }

  private read(path: string): readonly PathSegment[] {
    try {
      return readPath(path.trim())
    } catch (error) {
      if (!(error instanceof InvalidPath)) throw error
      throw new DialogUsageError(`DialogStateManager.normalizePath: Invalid path detected - ${path}`, { cause: error })
    }
  }

  private resolve(segment: PathSegment): string | number {
    if (typeof segment !== 'object') return segment
    const value = this.getValue(segment.nested)
    return typeof value === 'string' || typeof value === 'number' ? value : ''
  }

  private trackChange(segments: readonly (string | number)[]): void {
    if (String(segments[1] ?? '').startsWith('_') || !this.getMemoryScope(ScopePath.dialog)) return
    const tracked = this.getValue<{ [name: string]: number } | undefined>(TRACKER)
    if (!tracked) return
    const changed = trackedName(segments)
    for (const name of Object.keys(tracked)) {
      const isChanged = name === changed || name.startsWith(`${changed}_`)
      if (isChanged) tracked[name] = this.getValue<number>('dialog.eventCounter', 0)
    }
  }

  private getMemoryScope(name: string): MemoryScope | undefined {
    const { memoryScopes } = this.configuration
    const wanted = name.toLowerCase()
    return memoryScopes.find((scope) => scope.name === name || scope.name.toLowerCase() === wanted)
  }

  private configurationOfTurn(): DialogStateManagerConfiguration {
    const { turnState } = this.dialogContext.context
    let configuration = turnState.get<DialogStateManagerConfiguration | undefined>(CONFIGURATION)
    if (!configuration) turnState.set(CONFIGURATION, (configuration = defaultConfiguration()))
    return configuration
  }
}

/** Whether a scope of this turn may read or write what is stored: usually none does, unless the turn has states. */
export function hasStoredScopes({ turnState }: TurnContext): boolean {
  return [CONFIGURATION, ...STATES].some((key) => turnState.has(key)) || memoryComponents().length > 0
}

function defaultConfiguration(): DialogStateManagerConfiguration {
  const components = memoryComponents()
  return {
    memoryScopes: [
      ...defaultMemoryScopes(),
      ...components.filter(isComponentMemoryScopes).flatMap((component) => component.getMemoryScopes()),
    ],
    pathResolvers: [
      ...defaultPathResolvers(),
      ...components.filter(isComponentPathResolvers).flatMap((component) => component.getPathResolvers()),
    ],
  }
}

function trackedName(segments: readonly (string | number)[]): string {
  return segments.join('_').toLowerCase()
}
