import type { Activity } from '../activity.ts'
import type { ResourceResponse } from '../connector-models.ts'
import type { Logger } from '../logger.ts'
import { BotAdapter, TurnContext } from '../turn-context.ts'
import type { TurnLogic } from '../turn-context.ts'
import { ConsoleTranscriptLogger } from './console-transcript-logger.ts'
import { TranscriptLoggerMiddleware } from './transcript-logger-middleware.ts'
import type { TranscriptLogger } from './transcript.ts'

class NumberingAdapter extends BotAdapter {
  private next = 1
  /** What the channel answers to each activity, when it is not a number. */
  responses: ResourceResponse[] | undefined

  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return this.responses ?? activities.map(() => ({ id: `r${this.next++}` }))
  }

  async updateActivity(): Promise<void> {}

  async deleteActivity(): Promise<void> {}

  async continueConversation(): Promise<void> {}

  run(activity: Partial<Activity>, logic: TurnLogic): Promise<void> {
    return this.runMiddleware(new TurnContext(this, activity), logic)
  }
}

function recording(): { logger: TranscriptLogger; logged: Activity[] } {
  const logged: Activity[] = []
  return { logged, logger: { logActivity: (activity) => void logged.push(activity) } }
}

const message = (): Partial<Activity> => ({
  type: 'message',
  text: 'hi',
  id: '1',
  channelId: 'test',
  conversation: { id: 'c' } as Activity['conversation'],
  from: { id: 'user', name: '' },
  recipient: { id: 'bot', name: '' },
})

describe('TranscriptLoggerMiddleware', () => {
  test('refuses to do without a logger', () => {
    const text = 'TranscriptLoggerMiddleware requires a TranscriptLogger instance.'
    const refusal = expect.objectContaining({ code: 'CORE_MIDDLEWARE_OPTION', message: text })
    expect(() => new TranscriptLoggerMiddleware(undefined as never)).toThrow(refusal)
  })

  test('logs what came, was sent, replaced and deleted, in that order, after the turn', async () => {
    const { logger, logged } = recording()
    const adapter = new NumberingAdapter().use(new TranscriptLoggerMiddleware(logger))
    await adapter.run(message(), async (context) => {
      await context.sendActivity('one')
      await context.updateActivity({ type: 'message', id: 'r1', text: 'two' })
      await context.deleteActivity('r1')
      expect(logged).toEqual([])
    })
    expect(logged).toMatchObject([
      { type: 'message', text: 'hi', id: '1' },
      { type: 'message', text: 'one', id: 'r1', recipient: { id: 'user' }, replyToId: '1' },
      { type: 'messageUpdate', text: 'two', id: 'r1' },
      { type: 'messageDelete', id: 'r1', conversation: { id: 'c' } },
    ])
    for (const { timestamp } of logged) expect(timestamp).toBeInstanceOf(Date)
  })

  test.each<[string, Partial<Activity>['from'], unknown]>([
    ['without a role is a user', { id: 'user', name: '' }, { id: 'user', name: '', role: 'user' }],
    ['with a role keeps it', { id: 'user', name: '', role: 'skill' }, { id: 'user', name: '', role: 'skill' }],
  ])('a sender %s', async (_, from, expected) => {
    const { logger, logged } = recording()
    const activity = { ...message(), ...(from ? { from } : {}) }
    await new NumberingAdapter().use(new TranscriptLoggerMiddleware(logger)).run(activity, async () => {})
    expect(logged[0]?.from).toEqual(expected)
    expect(activity.from).toEqual(expected)
  })

  test('a turn without a sender is logged', async () => {
    const { logger, logged } = recording()
    const { from: _, ...activity } = message()
    await new NumberingAdapter().use(new TranscriptLoggerMiddleware(logger)).run(activity, async () => {})
    expect(logged).toHaveLength(1)
  })

  test('the event that opens a turn of the bot is not logged, what the bot says then is', async () => {
    const { logger, logged } = recording()
    const opening = { ...message(), type: 'event', name: 'ContinueConversation' }
    await new NumberingAdapter().use(new TranscriptLoggerMiddleware(logger)).run(opening, async (context) => {
      await context.sendActivity('ping')
    })
    expect(logged.map(({ text }) => text)).toEqual(['ping'])
  })

  test('what the channel gives no id gets one, with the time', async () => {
    const { logger, logged } = recording()
    const adapter = new NumberingAdapter().use(new TranscriptLoggerMiddleware(logger))
    adapter.responses = [{ id: '' }, {} as ResourceResponse]
    await adapter.run(message(), async (context) => {
      await context.sendActivities([{ text: 'a', timestamp: new Date(5) }, { text: 'b' }])
    })
    expect(logged[1]?.id).toMatch(/^g_[a-z0-9]{6}5$/)
    expect(logged[2]?.id).toMatch(/^g_[a-z0-9]{6}\d{13}$/)
  })

  test('what was sent is logged as it was sent', async () => {
    const { logger, logged } = recording()
    const adapter = new NumberingAdapter().use(new TranscriptLoggerMiddleware(logger))
    await adapter.run(message(), async (context) => {
      context.onSendActivities(async (_context, activities, next) => {
        activities[0]!.text = 'changed'
        return next()
      })
      await context.sendActivity('original')
    })
    expect(logged[1]?.text).toBe('changed')
  })

  test.each([undefined, { odd: true }, []])('a handler that answers %p is passed on', async (answer) => {
    const { logger } = recording()
    const adapter = new NumberingAdapter().use(new TranscriptLoggerMiddleware(logger))
    await adapter.run(message(), async (context) => {
      context.onSendActivities(async () => answer as never)
      await expect(context.sendActivities([{ text: 'a' }])).resolves.toBe(answer)
    })
  })

  test('of a turn that failed nothing is logged', async () => {
    const { logger, logged } = recording()
    const adapter = new NumberingAdapter().use(new TranscriptLoggerMiddleware(logger))
    await expect(adapter.run(message(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(logged).toEqual([])
  })

  test('the turn does not wait for the logger', async () => {
    const logger = { logActivity: () => new Promise<void>(() => {}) }
    await new NumberingAdapter().use(new TranscriptLoggerMiddleware(logger)).run(message(), async () => {})
  })

  test.each<[string, TranscriptLogger['logActivity']]>([
    [
      'throws',
      () => {
        throw new Error('full')
      },
    ],
    ['rejects', () => Promise.reject(new Error('full'))],
  ])('a logger that %s does not fail the turn, and the log says so', async (_, logActivity) => {
    const error = jest.fn()
    const log = { error } as unknown as Logger
    const middleware = new TranscriptLoggerMiddleware({ logActivity }, { log })
    await new NumberingAdapter().use(middleware).run(message(), async () => {})
    expect(error).toHaveBeenCalledWith({ event: 'transcript.failed', err: new Error('full') }, expect.any(String))
  })
})

describe('ConsoleTranscriptLogger', () => {
  test('prints the activity', () => {
    const log = jest.spyOn(console, 'log').mockImplementation(() => {})
    const activity = { type: 'message' } as Activity
    new ConsoleTranscriptLogger().logActivity(activity)
    expect(log.mock.calls).toEqual([['Activity Log:', activity]])
    log.mockRestore()
  })

  test('refuses to print nothing', () => {
    expect(() => new ConsoleTranscriptLogger().logActivity(undefined as never)).toThrow('Activity is required.')
  })
})
