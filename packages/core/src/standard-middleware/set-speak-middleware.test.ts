import type { Activity } from '../activity.ts'
import { TurnContext } from '../turn-context.ts'
import type { BotAdapter } from '../turn-context.ts'
import { SetSpeakMiddleware } from './set-speak-middleware.ts'

interface Options {
  readonly voice?: string | null
  readonly fallback?: boolean
  readonly channelId?: string
  readonly locale?: string
}

/** What is spoken of a message sent through the middleware. */
async function spoken(
  reply: Partial<Activity>,
  { voice = 'v', fallback = true, channelId = 'telephony', locale }: Options = {},
): Promise<string | undefined> {
  const sent: Partial<Activity>[] = []
  const adapter = {
    sendActivities: async (_context: TurnContext, activities: Partial<Activity>[]) => {
      sent.push(...activities)
      return activities.map(() => ({ id: '1' }))
    },
  } as unknown as BotAdapter
  const context = new TurnContext(adapter, { type: 'message', channelId, ...(locale ? { locale } : {}) })
  await new SetSpeakMiddleware(voice, fallback).onTurn(context, async () => {
    await context.sendActivity(reply)
  })
  return sent[0]?.speak
}

const speak = (content: string, locale = 'en-US'): string =>
  `<speak version='1.0' xmlns='http://www.w3.org/2001/10/synthesis' xml:lang='${locale}'>${content}</speak>`

describe('SetSpeakMiddleware', () => {
  test.each(['telephony', 'directlinespeech', 'emulator', 'EMULATOR'])(
    'wraps what is spoken on %s',
    async (channelId) => {
      await expect(spoken({ type: 'message', text: 'hello' }, { channelId })).resolves.toBe(
        speak("<voice name='v'>hello</voice>"),
      )
    },
  )

  test.each<[string, Partial<Activity>, Options, string | undefined]>([
    ['speaks the text unwrapped elsewhere', { text: 't' }, { channelId: 'webchat' }, 't'],
    ['does not speak the text unless told to', { text: 't' }, { fallback: false }, undefined],
    ['speaks nothing of an event', { type: 'event', text: 't' }, {}, undefined],
    ['keeps what the bot says', { text: 't', speak: 's' }, { channelId: 'msteams' }, 's'],
    ['leaves an empty text empty', { text: '' }, {}, ''],
    ['does not wrap without a voice', { text: 't' }, { voice: null }, 't'],
    ['wraps in an empty voice', { text: 't' }, { voice: '' }, speak("<voice name=''>t</voice>")],
    [
      'speaks the language of the message',
      { text: 't', locale: 'fr-FR' },
      {},
      speak("<voice name='v'>t</voice>", 'fr-FR'),
    ],
    ['or else that of the turn', { text: 't' }, { locale: 'it-IT' }, speak("<voice name='v'>t</voice>", 'it-IT')],
    ['leaves SSML as it is', { speak: '<speak>x</speak>' }, {}, '<speak>x</speak>'],
    ['in any case', { speak: '<SPEAK>x</SPEAK>' }, {}, '<SPEAK>x</SPEAK>'],
    ['and inside other elements', { speak: '<p><speak>x</speak></p>' }, {}, '<p><speak>x</speak></p>'],
    ['keeps a voice', { speak: 'a <voice name="q">x</voice>' }, {}, speak('a <voice name="q">x</voice>')],
    ['takes words for words', { speak: 'speak voice' }, {}, speak("<voice name='v'>speak voice</voice>")],
    ['takes <voices> for something else', { speak: '<voices/>' }, {}, speak("<voice name='v'><voices/></voice>")],
    ['looks past comments', { speak: '<!-- <voice> -->x' }, {}, speak("<voice name='v'><!-- <voice> -->x</voice>")],
    ['and past one without an end', { speak: 'x<!-- <speak> ' }, {}, speak("<voice name='v'>x<!-- <speak> </voice>")],
    ['escapes the voice', { text: 't' }, { voice: "a'<&" }, speak("<voice name='a&apos;&lt;&amp;'>t</voice>")],
  ])('%s', async (_, reply, options, expected) => {
    await expect(spoken({ type: 'message', ...reply }, options)).resolves.toBe(expected)
  })
})
