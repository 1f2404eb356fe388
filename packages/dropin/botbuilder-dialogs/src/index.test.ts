import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as parley from '@parley/dialogs'
import { ComponentRegistration, ConversationState, MemoryStorage, TestAdapter } from '@parley/sdk-v4/core'
import * as dialogs from './index.ts'
import {
  Dialog,
  DialogReason,
  DialogSet,
  DialogTurnStatus,
  ListStyle,
  MemoryScope,
  PromptCultureModels,
  TurnPath,
} from './index.ts'
import type { DialogState, DialogTurnResult, WaterfallStepContext } from './index.ts'

interface Name {
  readonly kind: string
  readonly values?: Record<string, unknown>
  readonly statics?: Record<string, string>
}

const names: Record<string, Name> = JSON.parse(
  readFileSync(join(__dirname, '../../../../scripts/surface/names/botbuilder-dialogs.json'), 'utf8'),
)
const values = Object.entries(names).filter(([, { kind }]) => !['interface', 'type'].includes(kind))
const exported: Record<string, unknown> = { ...dialogs }

test('every name that botbuilder-dialogs has at run time is exported, and no other', () => {
  expect(Object.keys(dialogs).toSorted()).toEqual(values.map(([name]) => name).toSorted())
})

test.each(values.filter(([, { kind }]) => kind === 'enum'))('%s has its values', (name, { values: wanted }) => {
  expect(exported[name]).toMatchObject(wanted ?? {})
})

test.each(values.map(([name]) => name))(
  '%s is that of @parley/dialogs, so that a bot that uses both has one',
  (name) => {
    expect(exported[name]).toBe((parley as unknown as Record<string, unknown>)[name])
  },
)

test('an enumeration of numbers leads back to the name', () => {
  expect([DialogReason.endCalled, DialogTurnStatus.waiting, ListStyle.heroCard, ListStyle[5]]).toEqual([
    'endCalled',
    'waiting',
    5,
    'heroCard',
  ])
})

test('constants have their values', () => {
  expect(Dialog.EndOfTurn).toEqual({ status: 'waiting' })
  expect(TurnPath.lastResult).toBe('turn.lastresult')
  expect(PromptCultureModels.German).toMatchObject({ locale: 'de-de', inlineOrMore: ', oder ', yesInLanguage: 'Ja' })
})

test('memory has the scopes of components that are registered for the process', async () => {
  class Weather extends MemoryScope {
    constructor() {
      super('weather')
    }

    getMemory(): object {
      return { today: 'sun' }
    }
  }
  ComponentRegistration.add(
    new (class extends ComponentRegistration {
      getMemoryScopes(): MemoryScope[] {
        return [new Weather()]
      }
    })(),
  )
  const property = new ConversationState(new MemoryStorage()).createProperty<DialogState>('dialogs')
  let today: unknown
  const adapter = new TestAdapter(async (context) => {
    const dc = await new DialogSet(property).createContext(context)
    today = dc.state.getValue('weather.today')
  })
  await adapter.send('hi').startTest()
  expect(today).toBe('sun')
})

test('a bot with dialogs of its own compiles and runs', async () => {
  class MainDialog extends dialogs.ComponentDialog {
    constructor() {
      super('main')
      this.addDialog(new dialogs.TextPrompt('text'))
      this.addDialog(new dialogs.WaterfallDialog('steps', [this.ask.bind(this), this.greet.bind(this)]))
      this.initialDialogId = 'steps'
    }

    async ask(step: WaterfallStepContext): Promise<DialogTurnResult> {
      return step.prompt('text', { prompt: 'name?' })
    }

    async greet(step: WaterfallStepContext): Promise<DialogTurnResult> {
      await step.context.sendActivity(`hello ${step.result}`)
      return step.endDialog()
    }
  }
  const state = new ConversationState(new MemoryStorage())
  const property = state.createProperty<DialogState>('dialogs')
  const main = new MainDialog()
  const adapter = new TestAdapter(async (context) => {
    await dialogs.runDialog(main, context, property)
    await state.saveChanges(context)
  })
  await adapter.send('hi').assertReply('name?').send('Ada').assertReply('hello Ada').startTest()
})
