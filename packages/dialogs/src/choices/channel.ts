import { Channels, type TurnContext } from '@parley/core'

/** How many buttons a channel shows at most; a channel that is not named shows none. */
const MAX_SUGGESTED_ACTIONS: ReadonlyMap<string, number> = new Map<string, number>([
  [Channels.Facebook, 10],
  [Channels.Skype, 10],
  [Channels.Line, 13],
  [Channels.Kik, 20],
  [Channels.Telegram, 100],
  [Channels.Emulator, 100],
  [Channels.Directline, 100],
  [Channels.DirectlineSpeech, 100],
  [Channels.Webchat, 100],
])

const MAX_CARD_ACTIONS: ReadonlyMap<string, number> = new Map<string, number>([
  [Channels.Facebook, 3],
  [Channels.Skype, 3],
  [Channels.Msteams, 50],
  [Channels.Line, 99],
  [Channels.Slack, 100],
  [Channels.Telegram, 100],
  [Channels.Emulator, 100],
  [Channels.Directline, 100],
  [Channels.DirectlineSpeech, 100],
  [Channels.Webchat, 100],
])

/**
 * Whether a channel shows that many suggested actions.
 *
 * @param buttonCnt - Default 100.
 */
export function supportsSuggestedActions(channelId: string, buttonCnt = 100): boolean {
  return buttonCnt <= (MAX_SUGGESTED_ACTIONS.get(channelId) ?? -1)
}

/**
 * Whether a channel shows a card with that many buttons.
 *
 * @param buttonCnt - Default 100.
 */
export function supportsCardActions(channelId: string, buttonCnt = 100): boolean {
  return buttonCnt <= (MAX_CARD_ACTIONS.get(channelId) ?? -1)
}

/** Whether a channel keeps what was said in sight; true of every channel there is today. */
export function hasMessageFeed(_channelId: string): boolean {
  return true
}

/** How many characters the title of a button may have: 20 on every channel. */
export function maxActionTitleLength(_channelId: string): number {
  return 20
}

/** The channel of a turn; empty when its activity names none. */
export function getChannelId(context: TurnContext): string {
  return context.activity.channelId || ''
}
