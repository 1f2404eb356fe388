import { CloudAdapter } from '@parley/adapter'
import type { Answer, InboundRequest } from '@parley/adapter'
import { silentLogger } from '@parley/core'
import type { Activity, TurnContext } from '@parley/core'
import { ConversationState, MemoryStorage } from '@parley/state'
import { ComponentDialog, runDialog, TextPrompt, WaterfallDialog } from '../src/index.ts'
import type { DialogState } from '../src/index.ts'

const CONVERSATIONS = 1000

/** Asks for a name and a city, and says both. */
class Registration extends ComponentDialog {
  constructor() {
    super('registration')
    this.addDialog(
      new WaterfallDialog('steps', [
        (step) => step.prompt('text', 'name?'),
        (step) => {
          step.values.name = step.result
          return step.prompt('text', 'city?')
        },
        async (step) => {
          await step.context.sendActivity(`${step.values.name} of ${step.result}`)
          return step.endDialog()
        },
      ]),
    )
    this.addDialog(new TextPrompt('text'))
  }
}

const adapter = new CloudAdapter({ logger: silentLogger })
const memory: { [key: string]: string } = {}
const state = new ConversationState(new MemoryStorage(memory))
const accessor = state.createProperty<DialogState>('DialogState')
const dialog = new Registration()

afterAll(() => adapter.close())

async function logic(context: TurnContext): Promise<void> {
  await runDialog(dialog, context, accessor)
  await state.saveChanges(context)
}

function deliver(conversation: number, number: number, text: string): Promise<Answer> {
  const activity: Partial<Activity> = {
    type: 'message',
    id: `${conversation}-${number}`,
    text,
    channelId: 'test',
    serviceUrl: 'http://127.0.0.1:4000/',
    deliveryMode: 'expectReplies',
    conversation: { id: `c${conversation}`, isGroup: false, conversationType: '', name: '' },
    from: { id: 'u', name: '' },
    recipient: { id: 'b', name: '' },
  }
  const request: InboundRequest = {
    method: 'POST',
    remoteAddress: '127.0.0.1',
    header: (name) => (name === 'content-type' ? 'application/json' : undefined),
    body: async () => ({ kind: 'bytes', bytes: Buffer.from(JSON.stringify(activity)) }),
  }
  return adapter.handle(request, logic)
}

function textsIn({ body }: Answer): string[] {
  const { activities } = JSON.parse(String(body)) as { activities: Activity[] }
  return activities.map(({ text }) => text)
}

test('a thousand conversations at once, each message delivered twice without waiting, are each answered in order', async () => {
  const numbers = Array.from({ length: CONVERSATIONS }, (_, index) => index)
  const texts = (conversation: number): string[] => ['hi', `name ${conversation}`, `city ${conversation}`]
  const first = numbers.map((): Promise<Answer>[] => [])
  const again = numbers.map((): Promise<Answer>[] => [])
  for (const number of [0, 1, 2]) {
    for (const conversation of numbers) {
      const text = texts(conversation)[number] as string
      first[conversation]?.push(deliver(conversation, number, text))
      again[conversation]?.push(deliver(conversation, number, text))
    }
  }

  for (const conversation of numbers) {
    const answers = await Promise.all(first[conversation] ?? [])
    const repeated = await Promise.all(again[conversation] ?? [])
    const expected = [['name?'], ['city?'], [`name ${conversation} of city ${conversation}`]]
    expect(answers.map(textsIn)).toEqual(expected)
    expect(repeated.map(textsIn)).toEqual(expected)
  }
  expect(Object.keys(memory)).toHaveLength(CONVERSATIONS)
  const stacks = Object.values(memory).map((text) => JSON.parse(text).DialogState.dialogStack)
  expect(stacks.every((stack) => stack.length === 0)).toBe(true)
}, 30_000)
