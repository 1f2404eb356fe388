import {
  ActionTypes as ActionTypesValues,
  Channels as ChannelsValues,
  RoleTypes as RoleTypesValues,
} from '@parley/core'

/** {@link ActionTypesValues}, whose members are types as well. */
export const ActionTypes: typeof ActionTypesValues = ActionTypesValues
export type ActionTypes = ActionTypesValues
export declare namespace ActionTypes {
  type OpenUrl = 'openUrl'
  type ImBack = 'imBack'
  type PostBack = 'postBack'
  type PlayAudio = 'playAudio'
  type PlayVideo = 'playVideo'
  type ShowImage = 'showImage'
  type DownloadFile = 'downloadFile'
  type Signin = 'signin'
  type Call = 'call'
  type Payment = 'payment'
  type MessageBack = 'messageBack'
  type OpenApp = 'openApp'
}

/** {@link ChannelsValues}, whose members are types as well. */
export const Channels: typeof ChannelsValues = ChannelsValues
export type Channels = ChannelsValues
export declare namespace Channels {
  type Alexa = 'alexa'
  type Console = 'console'
  type Directline = 'directline'
  type DirectlineSpeech = 'directlinespeech'
  type Email = 'email'
  type Emulator = 'emulator'
  type Facebook = 'facebook'
  type Groupme = 'groupme'
  type Kik = 'kik'
  type Line = 'line'
  type M365 = 'm365extensions'
  type Msteams = 'msteams'
  type Omni = 'omnichannel'
  type Outlook = 'outlook'
  type Skype = 'skype'
  type Skypeforbusiness = 'skypeforbusiness'
  type Slack = 'slack'
  type Sms = 'sms'
  type Telegram = 'telegram'
  type Telephony = 'telephony'
  type Test = 'test'
  type Twilio = 'twilio-sms'
  type Webchat = 'webchat'
}

/** {@link RoleTypesValues}, whose members are types as well. */
export const RoleTypes: typeof RoleTypesValues = RoleTypesValues
export type RoleTypes = RoleTypesValues
export declare namespace RoleTypes {
  type User = 'user'
  type Bot = 'bot'
  type Skill = 'skill'
}
