import type { Attachment, OpenValue } from '@parley/core'
import type { TabEntityContext } from './tabs.ts'

/** How long Teams may keep an answer. */
export interface CacheInfo {
  cacheType?: string
  /** Seconds. */
  cacheDuration?: number
}

/** Where a dialog was opened. */
export interface TaskModuleRequestContext {
  /** The client's theme: `default`, `dark` or `contrast`. */
  theme?: string
}

/** Value of the invokes `task/fetch` and `task/submit`. */
export interface TaskModuleRequest {
  /** What the button or the form sent. */
  data?: OpenValue
  context?: TaskModuleRequestContext
  tabContext?: TabEntityContext
}

/** What a dialog does next: show a message, or go on with another page. */
export type BotMessagePreviewType = 'message' | 'continue'

/** What every answer about a dialog says. */
export interface TaskModuleResponseBase {
  type?: BotMessagePreviewType
}

/** Pixels, or one of the sizes Teams has. */
export type TaskModuleSize = number | 'small' | 'medium' | 'large'

/** What a dialog shows: a page or an Adaptive Card. */
export interface TaskModuleTaskInfo {
  title?: string
  height?: TaskModuleSize
  width?: TaskModuleSize
  /** Address of the page; either this or {@link TaskModuleTaskInfo.card} is set. */
  url?: string
  card?: Attachment
  /** Opened where the client cannot show dialogs. */
  fallbackUrl?: string
  /** App id of the bot that gets the result, when it is another one. */
  completionBotId?: string
}

/** The dialog goes on. */
export interface TaskModuleContinueResponse extends TaskModuleResponseBase {
  value?: TaskModuleTaskInfo
}

/** The dialog shows a message and ends. */
export interface TaskModuleMessageResponse extends TaskModuleResponseBase {
  value?: string
}

/** The dialog goes on with a card given as text. */
export interface TaskModuleCardResponse extends TaskModuleResponseBase {
  value?: string
}

/** Answer to `task/fetch` and `task/submit`. */
export interface TaskModuleResponse {
  task?: TaskModuleContinueResponse | TaskModuleMessageResponse
  cacheInfo?: CacheInfo
}
