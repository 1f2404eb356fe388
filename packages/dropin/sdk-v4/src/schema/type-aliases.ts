import type { BotMessagePreviewType, MessagingExtensionResultType } from '@parley/teams'
import type { O365ConnectorCardActionType, O365ConnectorCardInputType } from './o365-connector-card.ts'

// Names of SDK v4 for sets of texts that Parley writes where they are used.
export type Action = 'accept' | 'decline'
export type AttachmentLayout = 'list' | 'grid'
export type BotConfigAuthType = 'auth'
export type ContentType = 'html' | 'text'
export type Importance = 'normal' | 'high' | 'urgent'
export type MessageType = 'message'
export type O365ConnectorCardInputBaseType = O365ConnectorCardInputType
export type ReactionType = 'like' | 'heart' | 'laugh' | 'surprised' | 'sad' | 'angry'
export type Type = O365ConnectorCardActionType
export type Type1 = O365ConnectorCardInputType
export type Type2 = BotMessagePreviewType
export type Type3 = MessagingExtensionResultType
