import { ActivityTypes } from '../activity-constants.ts'
import { Channels } from '../channels.ts'
import type { Middleware, TurnContext } from '../turn-context.ts'
import { hasElement, toSsml, withVoice } from './ssml.ts'

const SPEAKING_CHANNELS: ReadonlySet<string> = new Set([
  Channels.DirectlineSpeech,
  Channels.Emulator,
  Channels.Telephony,
])

/** Makes the messages a bot sends speakable: the text is spoken where the bot says nothing else, with the voice of choice. */
export class SetSpeakMiddleware implements Middleware {
  private readonly voiceName: string | null
  private readonly fallbackToTextForSpeak: boolean

  /**
   * @param voiceName - Of the speech service, e.g. `en-US-AriaNeural`. `null`: `speak` is not wrapped in SSML.
   * @param fallbackToTextForSpeak - Whether a message without `speak` says its text.
   */
  constructor(voiceName: string | null, fallbackToTextForSpeak: boolean) {
    this.voiceName = voiceName
    this.fallbackToTextForSpeak = fallbackToTextForSpeak
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const speaks = SPEAKING_CHANNELS.has((context.activity.channelId ?? '').trim().toLowerCase())
    context.onSendActivities(async (_context, activities, send) => {
      for (const activity of activities) {
        if (activity.type !== ActivityTypes.Message) continue
        if (this.fallbackToTextForSpeak && !activity.speak && activity.text !== undefined)
          activity.speak = activity.text
        if (activity.speak && speaks) activity.speak = this.ssml(activity.speak, activity.locale)
      }
      return send()
    })
    await next()
  }

  /** What the bot has written as SSML itself stays as it is. */
  private ssml(speak: string, locale: string | undefined): string {
    if (this.voiceName === null || this.voiceName === undefined || hasElement(speak, 'speak')) return speak
    const spoken = hasElement(speak, 'voice') ? speak : withVoice(speak, this.voiceName)
    return toSsml(spoken, locale ?? 'en-US')
  }
}
