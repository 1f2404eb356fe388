import type { OpenSet, OpenValue } from './open-types.ts'

/** A file, an image or a card that goes with a message. */
export interface Attachment {
  /** MIME type; a card's type starts with `application/vnd.microsoft.card.`. */
  contentType: string
  /** Address of the content; either this or {@link Attachment.content} is set. */
  contentUrl?: string
  /** The content itself, for cards. */
  content?: OpenValue
  name?: string
  thumbnailUrl?: string
}

/** What a button does. */
export const ActionTypes = {
  OpenUrl: 'openUrl',
  /** Sends the value as if the user had typed it. */
  ImBack: 'imBack',
  /** Sends the value without showing it. */
  PostBack: 'postBack',
  PlayAudio: 'playAudio',
  PlayVideo: 'playVideo',
  ShowImage: 'showImage',
  DownloadFile: 'downloadFile',
  Signin: 'signin',
  /** The value must be a `tel:` address. */
  Call: 'call',
  Payment: 'payment',
  /** Shows `displayText`, sends `text` and `value`. */
  MessageBack: 'messageBack',
  OpenApp: 'openApp',
} as const
export type ActionTypes = (typeof ActionTypes)[keyof typeof ActionTypes]

/** A button, or what a tap on a card or image does. */
export interface CardAction {
  type: OpenSet<ActionTypes>
  /** What the button shows. */
  title: string
  /** Address of an image shown beside the title. */
  image?: string
  /** What a `messageBack` sends as text. */
  text?: string
  /** What a `messageBack` shows in the conversation. */
  displayText?: string
  /** Supplementary parameter; its meaning depends on {@link CardAction.type}. */
  value: OpenValue
  /** Channel-specific data. */
  channelData?: OpenValue
  imageAltText?: string
}

/** Buttons that go away when one is pressed. */
export interface SuggestedActions {
  /** Ids of the accounts that see the buttons; empty means everybody. Channels leave it out. */
  to: string[]
  actions: CardAction[]
}
