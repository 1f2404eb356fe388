import { MemoryBotStorage, UniversalBot } from '../src/index.ts'
import type { IAddress, IConnector, IDialogWaterfallStep, IEvent, IMessage } from '../src/index.ts'

const ADDRESS: IAddress = {
  channelId: 'test',
  user: { id: 'u', name: 'User' },
  bot: { id: 'b', name: 'Bot' },
  conversation: { id: 'c' },
}

/** A bot in memory, and someone who talks with it. */
export interface Talk {
  readonly bot: UniversalBot
  /** Everything the bot sent. */
  readonly sent: IMessage[]
  /** What went wrong. */
  readonly errors: Error[]
  /** Says something, and gives the texts of what the bot says to it; types of what has none. */
  say(text: string, more?: Partial<IMessage>): Promise<string[]>
}

/** Makes a bot that answers at once. */
export function talkWith(dialog?: IDialogWaterfallStep | IDialogWaterfallStep[], channelId = 'test'): Talk {
  const sent: IMessage[] = []
  const errors: Error[] = []
  const connector: IConnector = {
    onEvent: () => {},
    send: (messages, callback) => {
      sent.push(...messages)
      callback(
        null as unknown as Error,
        messages.map(({ address }) => address),
      )
    },
    startConversation: (address, callback) =>
      callback(null as unknown as Error, { ...address, conversation: { id: 'new' } }),
  }
  const bot = new UniversalBot(connector, dialog)
  bot.set('storage', new MemoryBotStorage()).set('autoBatchDelay', 0)
  bot.on('error', (error) => errors.push(error))
  const say = async (text: string, more: Partial<IMessage> = {}): Promise<string[]> => {
    const before = sent.length
    const address = { ...ADDRESS, channelId }
    const message = { type: 'message', text, textLocale: 'en-US', source: channelId, address, ...more }
    await new Promise<void>((resolve) => {
      bot.receive(message as IEvent, () => resolve())
    })
    return sent.slice(before).map((reply) => reply.text ?? reply.type)
  }
  return { bot, sent, errors, say }
}
