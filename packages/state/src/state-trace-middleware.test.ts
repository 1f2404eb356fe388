import { BotAdapter, TurnContext } from '@parley/core'
import type { Activity, ResourceResponse } from '@parley/core'
import { AutoSaveStateMiddleware } from './auto-save-state-middleware.ts'
import { ConversationState } from './conversation-state.ts'
import { MemoryStorage } from './memory-storage.ts'
import { StateTraceMiddleware } from './state-trace-middleware.ts'
import { UserState } from './user-state.ts'

/** Keeps what is sent. */
class KeepingAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = []

  override async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities)
    return activities.map(() => ({ id: 'sent' }))
  }

  override async updateActivity(): Promise<void> {}

  override async deleteActivity(): Promise<void> {}

  override async continueConversation(): Promise<void> {}

  async receive(activity: object, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.runMiddleware(new TurnContext(this, activity), logic)
  }
}

const MESSAGE = { type: 'message', channelId: 'emulator', conversation: { id: 'c' }, from: { id: 'u' } }

let adapter: KeepingAdapter
let userState: UserState
let conversationState: ConversationState

beforeEach(() => {
  userState = new UserState(new MemoryStorage())
  conversationState = new ConversationState(new MemoryStorage())
  adapter = new KeepingAdapter()
  adapter.use(new StateTraceMiddleware({ userState, conversationState }))
  adapter.use(new AutoSaveStateMiddleware(userState, conversationState))
})

const setName = async (context: TurnContext): Promise<void> => userState.createProperty('name').set(context, 'Ann')

test('each state that a turn has changed is shown, once', async () => {
  await adapter.receive(MESSAGE, setName)
  expect(adapter.sent).toMatchObject([
    {
      type: 'trace',
      name: 'BotState',
      label: 'userState',
      valueType: 'https://www.botframework.com/schemas/botState',
      value: { userState: { name: 'Ann' } },
    },
  ])
})

test('a turn that changes nothing shows nothing', async () => {
  await adapter.receive(MESSAGE, setName)
  await adapter.receive(MESSAGE, setName)
  expect(adapter.sent).toHaveLength(1)
})

test('what a turn clears is shown as empty', async () => {
  await adapter.receive(MESSAGE, setName)
  await adapter.receive(MESSAGE, (context) => userState.clear(context))
  expect(adapter.sent[1]).toMatchObject({ value: { userState: {} } })
})

test('other channels are shown nothing', async () => {
  await adapter.receive({ ...MESSAGE, channelId: 'webchat' }, setName)
  expect(adapter.sent).toEqual([])
})

test('a turn that fails shows nothing, and fails as it would have', async () => {
  const failing = adapter.receive(MESSAGE, async (context) => {
    await setName(context)
    throw new Error('bang')
  })
  await expect(failing).rejects.toThrow('bang')
  expect(adapter.sent).toEqual([])
})

test('an activity without a user has no state of one', async () => {
  const { from: _from, ...anonymous } = MESSAGE
  await adapter.receive(anonymous, (context) => conversationState.createProperty('n').set(context, 1))
  expect(adapter.sent).toMatchObject([{ value: { conversationState: { n: 1 } } }])
})
