import type { Activity, Attachment, CardAction, OpenValue } from '@parley/core'
import type { MessageActionsPayload } from './message-actions.ts'
import type {
  CacheInfo,
  TaskModuleContinueResponse,
  TaskModuleMessageResponse,
  TaskModuleRequest,
} from './task-modules.ts'

/** Which page of the results a query asks for. */
export interface MessagingExtensionQueryOptions {
  skip?: number
  count?: number
}

/** A parameter of a query; names are in the app's manifest. */
export interface MessagingExtensionParameter {
  name?: string
  value?: OpenValue
}

/** Value of the invokes `composeExtension/query`, `querySettingUrl` and `selectItem`. */
export interface MessagingExtensionQuery {
  /** Id from the app's manifest. */
  commandId?: string
  parameters?: MessagingExtensionParameter[]
  queryOptions?: MessagingExtensionQueryOptions
  /** Code from a sign-in or settings page. */
  state?: string
}

/** Where a command was started. */
export type CommandContext = 'message' | 'compose' | 'commandbox'

/** What the user did with the preview of a message. */
export type BotMessagePreviewActionType = 'edit' | 'send'

/** Value of the invokes `composeExtension/fetchTask` and `submitAction`. */
export interface MessagingExtensionAction extends TaskModuleRequest {
  /** Id from the app's manifest. */
  commandId?: string
  commandContext?: CommandContext
  botMessagePreviewAction?: BotMessagePreviewActionType
  /** The message the user saw in the preview. */
  botActivityPreview?: Activity[]
  /** The message on which the command was started. */
  messagePayload?: MessageActionsPayload
}

/** A result: the card that is inserted, and what the list of results shows for it. */
export interface MessagingExtensionAttachment extends Attachment {
  preview?: Attachment
}

/** Buttons of a sign-in or of the settings. */
export interface MessagingExtensionSuggestedAction {
  actions?: CardAction[]
}

/** What an answer to a messaging extension is. */
export type MessagingExtensionResultType = 'result' | 'auth' | 'config' | 'message' | 'botMessagePreview' | 'silentAuth'

/** What a messaging extension shows. */
export interface MessagingExtensionResult {
  attachmentLayout?: 'list' | 'grid'
  type?: MessagingExtensionResultType
  /** The results, for `result`. */
  attachments?: MessagingExtensionAttachment[]
  /** Buttons, for `auth` and `config`. */
  suggestedActions?: MessagingExtensionSuggestedAction
  /** For `message`. */
  text?: string
  /** For `botMessagePreview`. */
  activityPreview?: Activity
}

/** Answer to a query. */
export interface MessagingExtensionResponse {
  composeExtension?: MessagingExtensionResult
  cacheInfo?: CacheInfo
}

/** Answer to an action: another dialog, or what is inserted. */
export interface MessagingExtensionActionResponse {
  task?: TaskModuleContinueResponse | TaskModuleMessageResponse
  composeExtension?: MessagingExtensionResult
  cacheInfo?: CacheInfo
}

/** Value of the invokes `composeExtension/queryLink` and `anonymousQueryLink`. */
export interface AppBasedLinkQuery {
  /** The address the user pasted. */
  url?: string
  /** Code from a sign-in page. */
  state?: string
}
