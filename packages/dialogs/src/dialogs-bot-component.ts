import type { OpenValue } from '@parley/core'
import { defaultMemoryScopes, defaultPathResolvers } from './memory/default-memory.ts'

/** Adds the scopes and the abbreviations of paths of dialogs to the services of a bot. */
export class DialogsBotComponent {
  /** @param services - A collection with `composeFactory()`. */
  configureServices(services: OpenValue, _configuration: OpenValue): void {
    services.composeFactory('memoryScopes', (scopes: unknown[]) => [...scopes, ...defaultMemoryScopes()])
    services.composeFactory('pathResolvers', (resolvers: unknown[]) => [...resolvers, ...defaultPathResolvers()])
  }
}
