import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as dialogs from './index.ts'
import { Dialog, DialogReason, DialogTurnStatus, ListStyle, PromptCultureModels, TurnPath } from './index.ts'
import type { DialogTurnResult, WaterfallStepContext } from './index.ts'

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
  expect(PromptCultureModels.getSupportedCultures().map(({ locale }) => locale)).toEqual([
    'zh-cn',
    'nl-nl',
    'en-us',
    'fr-fr',
    'de-de',
    'it-it',
    'ja-jp',
    'pt-br',
    'es-es',
  ])
  expect(PromptCultureModels.German).toEqual({
    locale: 'de-de',
    separator: ', ',
    inlineOr: ' oder ',
    inlineOrMore: ', oder ',
    yesInLanguage: 'Ja',
    noInLanguage: 'Nein',
  })
})

const holders = new Set([
  'ChoiceFactory',
  'DialogEvents',
  'DialogPath',
  'DialogTurnStateConstants',
  'PromptCultureModels',
  'ScopePath',
  'ThisPath',
  'TurnPath',
])

test.each(values.filter(([name, { kind }]) => kind === 'class' && !holders.has(name)).map(([name]) => name))(
  '%s has a name only: making one is refused, with what to do',
  (name) => {
    expect(() => Reflect.construct(exported[name] as new () => object, [])).toThrow(
      expect.objectContaining({
        code: 'DROPIN_UNSUPPORTED',
        message: expect.stringMatching(
          new RegExp(`^${name} \\(botbuilder-dialogs\\) is not supported .* ConversationState`),
        ),
      }),
    )
  },
)

test.each(values.filter(([, { kind }]) => kind === 'function').map(([name]) => name))(
  '%s() has a name only: calling it is refused',
  async (name) => {
    await expect(async () => (exported[name] as unknown as () => unknown)()).rejects.toMatchObject({
      code: 'DROPIN_UNSUPPORTED',
    })
  },
)

test('a bot with dialogs of its own compiles and loads, and is told when it makes one', () => {
  class MainDialog extends dialogs.ComponentDialog {
    constructor() {
      super('main')
      this['addDialog'](new dialogs.WaterfallDialog('steps', [this.ask.bind(this)]))
    }

    async ask(step: WaterfallStepContext): Promise<DialogTurnResult> {
      return step['prompt']('text', { prompt: 'name?' })
    }
  }
  expect(() => new MainDialog()).toThrow(/^MainDialog \(botbuilder-dialogs\) is not supported/)
})
