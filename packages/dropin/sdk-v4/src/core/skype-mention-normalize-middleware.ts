import { ActivityTypes, Channels, getMentions } from '@parley/core'
import type { Activity, Middleware, TurnContext } from '@parley/core'

/** The mention of Skype as markup, e.g. `<at id="28:…">Bot</at>`. */
const AT_ELEMENT = /<at\b[^>]*>(.*?)<\/at>/is

/** Takes the markup out of the mentions of Skype messages, so that they read like those of other channels. */
export class SkypeMentionNormalizeMiddleware implements Middleware {
  /** Replaces, in place, the text of each mention by what stands in its markup. */
  static normalizeSkypeMentionText(activity: Activity): void {
    if (activity.channelId !== Channels.Skype || activity.type !== ActivityTypes.Message) return
    for (const mention of getMentions(activity)) {
      const name = AT_ELEMENT.exec(mention.text ?? '')?.[1]
      if (name) mention.text = name
    }
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    SkypeMentionNormalizeMiddleware.normalizeSkypeMentionText(context.activity)
    await next()
  }
}
