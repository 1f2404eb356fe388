import { NotThere, notThere } from './not-there.ts'

export class DialogStateManager extends NotThere {}

export abstract class MemoryScope extends NotThere {}

export class BotStateMemoryScope extends MemoryScope {}

export class ClassMemoryScope extends MemoryScope {}

export class ConversationMemoryScope extends BotStateMemoryScope {}

export class DialogClassMemoryScope extends ClassMemoryScope {}

export class DialogContextMemoryScope extends MemoryScope {}

export class DialogMemoryScope extends MemoryScope {}

export class SettingsMemoryScope extends MemoryScope {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  protected static loadSettings(_configuration: Record<string, string>): Record<string, unknown> {
    throw notThere('SettingsMemoryScope.loadSettings()')
  }
}

export class ThisMemoryScope extends MemoryScope {}

export class TurnMemoryScope extends MemoryScope {}

export class UserMemoryScope extends BotStateMemoryScope {}

export class AliasPathResolver extends NotThere {}

export class AtAtPathResolver extends AliasPathResolver {}

export class AtPathResolver extends AliasPathResolver {}

export class DollarPathResolver extends AliasPathResolver {}

export class HashPathResolver extends AliasPathResolver {}

export class PercentPathResolver extends AliasPathResolver {}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function isComponentMemoryScopes(_component: unknown): _component is ComponentMemoryScopes {
  throw notThere('isComponentMemoryScopes()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function isComponentPathResolvers(_component: unknown): _component is ComponentPathResolvers {
  throw notThere('isComponentPathResolvers()')
}

export interface DialogStateManagerConfiguration {
  readonly pathResolvers: PathResolver[]
  readonly memoryScopes: MemoryScope[]
}

export interface PathResolver {
  transformPath(path: string): string
}

export interface ComponentMemoryScopes {
  getMemoryScopes(): MemoryScope[]
}

export interface ComponentPathResolvers {
  getPathResolvers(): PathResolver[]
}
