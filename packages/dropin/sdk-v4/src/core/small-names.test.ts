import { Severity as ParleySeverity } from '@parley/core'
import type { Activity, TurnContext } from '@parley/core'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BotComponent, assertBotComponent } from './bot-component.ts'
import { ComponentRegistration } from './component-registration.ts'
import { FileTranscriptStore } from './file-transcript-store.ts'
import { MemoryTranscriptStore } from './memory-transcript-store.ts'
import { getTopScoringIntent } from './recognizer-result.ts'
import type { RecognizerResult } from './recognizer-result.ts'
import { Severity } from './severity.ts'
import { ShowTypingMiddleware } from './show-typing-middleware.ts'
import { SkypeMentionNormalizeMiddleware } from './skype-mention-normalize-middleware.ts'
import { StringUtils } from './string-utils.ts'
import { ConsoleTranscriptLogger, TranscriptLoggerMiddleware } from './transcript-logger.ts'

/** An error as v4 throws them. */
const plain = (message: string): Error => expect.objectContaining({ name: 'Error', message })

describe('getTopScoringIntent', () => {
  test.each<[RecognizerResult['intents'], string, number]>([
    [{ a: { score: 0.2 }, b: { score: 0.9 } }, 'b', 0.9],
    [{ a: { score: 0.5 }, b: { score: 0.5 } }, 'a', 0.5],
    [{ a: { score: -5 }, b: { score: -3 } }, 'b', -3],
    [{ a: {}, b: {} }, 'a', -1],
    [{ a: {}, b: { score: -1 }, c: { score: 0 } }, 'c', 0],
    [{}, '', -1],
  ])('of %j is %s', (intents, intent, score) => {
    expect(getTopScoringIntent({ text: '', intents })).toEqual({ intent, score })
  })

  test.each([null, undefined, {}])('of %p is an error', (result) => {
    expect(() => getTopScoringIntent(result as never)).toThrow(plain('result is empty'))
  })
})

describe('StringUtils', () => {
  test.each([
    ['abcdef', 3, 'abc...'],
    ['abc', 3, 'abc'],
    [null, 3, ''],
  ])('ellipsis(%p, %p) is %p', (text, length, expected) => {
    expect(StringUtils.ellipsis(text as string, length)).toBe(expected)
  })

  test.each([
    ['abc', '96354'],
    ['abcdef', '-1424385949'],
    ['', '0'],
  ])('hash(%p) is %p', (text, expected) => {
    expect(StringUtils.hash(text)).toBe(expected)
  })

  test.each([
    ['abcdef', 3, 'abc...-1424385949'],
    ['abc', 5, 'abc'],
    [null, 3, ''],
  ])('ellipsisHash(%p, %p) is %p', (text, length, expected) => {
    expect(StringUtils.ellipsisHash(text as string, length)).toBe(expected)
  })
})

describe('SkypeMentionNormalizeMiddleware', () => {
  test.each([
    ['skype', 'message', '<at id="28:x">bot</at>', 'bot'],
    ['skype', 'message', '<AT id="28:x">bot</AT>', 'bot'],
    ['skype', 'message', '<at>bot', '<at>bot'],
    ['skype', 'message', 'plain', 'plain'],
    ['skype', 'event', '<at>bot</at>', '<at>bot</at>'],
    ['webchat', 'message', '<at>bot</at>', '<at>bot</at>'],
  ])('on %s, a mention in a %s of %s reads %s', async (channelId, type, text, expected) => {
    const activity = { channelId, type, text, entities: [{ type: 'Mention', text }] } as unknown as Activity
    const next = jest.fn(async () => {})
    await new SkypeMentionNormalizeMiddleware().onTurn({ activity } as TurnContext, next)
    expect(activity.entities).toEqual([{ type: 'Mention', text: expected }])
    expect(activity.text).toBe(text)
    expect(next).toHaveBeenCalledTimes(1)
  })
})

test('ComponentRegistration keeps the last component of each class', () => {
  class One extends ComponentRegistration {}
  class Other extends ComponentRegistration {}
  const last = new One()
  for (const component of [new One(), new Other(), last]) ComponentRegistration.add(component)
  expect(ComponentRegistration.components.filter((component) => component instanceof One)).toEqual([last])
  expect(ComponentRegistration.components).toHaveLength(2)
})

describe('assertBotComponent', () => {
  class Component extends BotComponent {
    configureServices(): void {}
  }

  test('takes what configures services', () => {
    expect(() => assertBotComponent(new Component())).not.toThrow()
    expect(() => assertBotComponent({ configureServices() {} })).not.toThrow()
  })

  test.each([{}, null, undefined])('refuses %p', (value) => {
    expect(() => assertBotComponent(value)).toThrow(TypeError)
  })
})

test('Severity has names and numbers', () => {
  expect(Severity).toEqual({
    ...Object.fromEntries(['Verbose', 'Information', 'Warning', 'Error', 'Critical'].entries()),
    ...ParleySeverity,
  })
})

describe('what is refused is refused in plain errors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-plain-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each<[string, () => unknown, string]>([
    ['a negative delay', () => new ShowTypingMiddleware(-1), 'Delay must be greater than or equal to zero'],
    ['a period of 0', () => new ShowTypingMiddleware(1, 0), 'Repeat period must be greater than zero'],
    [
      'no logger',
      () => new TranscriptLoggerMiddleware(undefined as never),
      'TranscriptLoggerMiddleware requires a TranscriptLogger instance.',
    ],
    ['nothing to print', () => new ConsoleTranscriptLogger().logActivity(undefined as never), 'Activity is required.'],
    ['no folder', () => new FileTranscriptStore(''), 'Missing folder.'],
    ...transcriptRefusals(() => new MemoryTranscriptStore()),
  ])('%s, at once', (_, call, message) => {
    expect(call).toThrow(plain(message))
  })

  test.each(transcriptRefusals(() => new FileTranscriptStore(folder)))(
    '%s, by a rejection',
    async (_, call, message) => {
      await expect(call()).rejects.toEqual(plain(message))
    },
  )

  test('both stores take what is right', async () => {
    const activity = { id: '1', channelId: 'ch', conversation: { id: 'c' }, timestamp: new Date(0) } as Activity
    for (const store of [new MemoryTranscriptStore(), new FileTranscriptStore(folder)]) {
      await store.logActivity(activity)
      await expect(store.getTranscriptActivities('ch', 'c')).resolves.toMatchObject({ items: [activity] })
      await expect(store.listTranscripts('ch')).resolves.toMatchObject({ items: [{ id: 'c' }] })
      await store.deleteTranscript('ch', 'c')
    }
  })
})

function transcriptRefusals(
  create: () => MemoryTranscriptStore | FileTranscriptStore,
): [string, () => Promise<unknown>, string][] {
  return [
    ['no activity', () => create().logActivity(undefined as never), 'activity cannot be null for logActivity()'],
    ['no channel', () => create().getTranscriptActivities('', 'c'), 'Missing channelId'],
    ['no conversation', () => create().getTranscriptActivities('ch', ''), 'Missing conversationId'],
    ['no channel to list', () => create().listTranscripts(''), 'Missing channelId'],
    ['no channel to delete in', () => create().deleteTranscript('', 'c'), 'Missing channelId'],
    ['no conversation to delete', () => create().deleteTranscript('ch', ''), 'Missing conversationId'],
  ]
}

describe('an error of a transcript logger is printed', () => {
  test.each<[string, unknown, string[]]>([
    [
      'an error in two lines',
      new Error('full'),
      ['TranscriptLoggerMiddleware logActivity failed: "full"', 'Error: full'],
    ],
    ['anything else in one', { a: 1 }, ['TranscriptLoggerMiddleware logActivity failed: "{"a":1}"']],
    ['a text too', 'text', ['TranscriptLoggerMiddleware logActivity failed: ""text""']],
  ])('%s', async (_, thrown, lines) => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => {})
    const middleware = new TranscriptLoggerMiddleware({
      logActivity: () => {
        throw thrown
      },
    })
    const context = {
      activity: { type: 'message' },
      onSendActivities() {},
      onUpdateActivity() {},
      onDeleteActivity() {},
    } as unknown as TurnContext
    await middleware.onTurn(context, async () => {})
    expect(error.mock.calls.map(([line]) => String(line).split('\n')[0])).toEqual(lines)
    error.mockRestore()
  })
})
