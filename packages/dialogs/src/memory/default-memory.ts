import { AtAtPathResolver } from './at-at-path-resolver.ts'
import { AtPathResolver } from './at-path-resolver.ts'
import { ClassMemoryScope } from './class-memory-scope.ts'
import { ConversationMemoryScope } from './conversation-memory-scope.ts'
import { DialogClassMemoryScope } from './dialog-class-memory-scope.ts'
import { DialogContextMemoryScope } from './dialog-context-memory-scope.ts'
import { DialogMemoryScope } from './dialog-memory-scope.ts'
import { DollarPathResolver } from './dollar-path-resolver.ts'
import { HashPathResolver } from './hash-path-resolver.ts'
import type { MemoryScope } from './memory-scope.ts'
import type { PathResolver } from './path-resolver.ts'
import { PercentPathResolver } from './percent-path-resolver.ts'
import { SettingsMemoryScope } from './settings-memory-scope.ts'
import { ThisMemoryScope } from './this-memory-scope.ts'
import { TurnMemoryScope } from './turn-memory-scope.ts'
import { UserMemoryScope } from './user-memory-scope.ts'

/** The scopes every memory has. */
export function defaultMemoryScopes(): MemoryScope[] {
  return [
    new TurnMemoryScope(),
    new SettingsMemoryScope(),
    new DialogMemoryScope(),
    new DialogContextMemoryScope(),
    new DialogClassMemoryScope(),
    new ClassMemoryScope(),
    new ThisMemoryScope(),
    new ConversationMemoryScope(),
    new UserMemoryScope(),
  ]
}

/** The abbreviations every memory has. */
export function defaultPathResolvers(): PathResolver[] {
  return [
    new DollarPathResolver(),
    new HashPathResolver(),
    new AtAtPathResolver(),
    new AtPathResolver(),
    new PercentPathResolver(),
  ]
}
