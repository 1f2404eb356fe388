import type { SuggestedActions } from '@parley/core'
import type { CacheInfo, TaskModuleResponse } from './task-modules.ts'

/** The user must sign in before configuring the bot. */
export interface BotConfigAuth {
  suggestedActions?: SuggestedActions
  type: 'auth'
}

/** What the configuration of a bot shows: a sign-in or a dialog. */
export type ConfigResponseConfig = BotConfigAuth | TaskModuleResponse

/** Answer to `config/fetch` and `config/submit`. */
export interface ConfigResponse {
  cacheInfo?: CacheInfo
  config: ConfigResponseConfig
  responseType: 'config'
}
