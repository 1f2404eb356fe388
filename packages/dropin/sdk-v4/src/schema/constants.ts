import { CallerIdConstants as callers } from '@parley/core'

/** Who called, as `callerId` tells it. A class, as in SDK v4. */
export class CallerIdConstants {
  /** The public Azure channel service. */
  static readonly PublicAzureChannel: string = callers.PublicAzureChannel
  /** The channel service of the US Government cloud. */
  static readonly USGovChannel: string = callers.USGovChannel
  /** Another bot; its app id follows. */
  static readonly BotToBotPrefix: string = callers.BotToBotPrefix
}

/** Texts for speech channels. */
export class SpeechConstants {
  /** SSML that says nothing. */
  static readonly EmptySpeakTag: string =
    '<speak version="1.0" xmlns="https://www.w3.org/2001/10/synthesis" xml:lang="en-US" />'
}
