import type { OpenValue } from '@parley/core'

/**
 * Conversations that are stored in the middle and then go on, in this implementation of dialogs or in botbuilder-dialogs:
 * what the one has stored, the other has to continue.
 */

/** The names a conversation is made of, from either implementation, which have the same types only by chance. */
export type Library = Record<string, OpenValue>

export interface StoredConversation {
  /** That of its fixture, too. */
  readonly name: string
  /** What the user says before the state is stored. */
  readonly before: readonly string[]
  /** What the user says then. */
  readonly after: readonly string[]
  /** Makes the dialog, as it is before. */
  readonly dialog: (library: Library) => OpenValue
  /** Makes the dialog as it is after, if it has changed. */
  readonly laterDialog?: (library: Library) => OpenValue
  /** What the bot says after. */
  readonly says: readonly string[]
}

export const storedConversations: readonly StoredConversation[] = [
  {
    name: 'component-waterfall-text',
    before: ['hi', 'Ada'],
    after: ['London'],
    dialog: (library) => component(library, 'main', [nameAndCity(library), new library.TextPrompt('text')]),
    says: ['Ada of London, asked as guest'],
  },
  {
    name: 'nested-components',
    before: ['hi', 'Ada'],
    after: ['London', 'yes'],
    dialog: nested,
    says: ['outer got Ada of London, asked as inner', 'bye yes'],
  },
  {
    name: 'waterfall-alone',
    before: ['hi'],
    after: ['Ada', 'London'],
    dialog: nameAndCity,
    says: ['city?', 'Ada of London, asked as guest'],
  },
  {
    name: 'retried-number',
    before: ['hi', 'many', 'more'],
    after: ['several', '42'],
    dialog: number,
    says: ['a number, please (3)', 'got 42 after 4'],
  },
  {
    name: 'choices',
    before: ['hi'],
    after: ['the second one'],
    dialog: choices,
    says: ['chose {"value":"green","index":1,"score":1}'],
  },
  {
    name: 'older-version',
    before: ['hi', 'Ada'],
    after: ['London'],
    dialog: (library) => component(library, 'main', [nameAndCity(library), new library.TextPrompt('text')]),
    laterDialog: (library) =>
      component(library, 'main', [
        nameAndCity(library),
        new library.TextPrompt('text'),
        new library.TextPrompt('another'),
      ]),
    says: ['version changed: main', 'Ada of London, asked as guest'],
  },
]

/** Says `texts` to a dialog, each in a turn of its own. Returns what the bot said. */
export async function converse(
  library: Library,
  dialog: OpenValue,
  storage: OpenValue,
  texts: readonly string[],
): Promise<string[]> {
  const state = new library.ConversationState(storage)
  const accessor = state.createProperty('DialogState')
  const said: string[] = []
  const adapter = adapterThatCollects(library, said)
  for (const text of texts) {
    const context = new library.TurnContext(adapter, activityOf(text))
    await library.runDialog(dialog, context, accessor)
    await state.saveChanges(context)
  }
  return said
}

function adapterThatCollects({ BotAdapter }: Library, said: string[]): OpenValue {
  return new (class extends BotAdapter {
    async sendActivities(_context: OpenValue, activities: OpenValue[]): Promise<object[]> {
      said.push(...activities.filter(({ type }) => type === 'message').map(({ text }) => text))
      return activities.map(() => ({ id: '' }))
    }
  })()
}

function activityOf(text: string): object {
  return {
    type: 'message',
    id: '1',
    text,
    channelId: 'test',
    serviceUrl: 'https://channel.example',
    locale: 'en-us',
    conversation: { id: 'c' },
    from: { id: 'u' },
    recipient: { id: 'b' },
  }
}

function component({ ComponentDialog }: Library, id: string, dialogs: OpenValue[]): OpenValue {
  class Component extends ComponentDialog {
    async onDialogEvent(dc: OpenValue, event: OpenValue): Promise<boolean> {
      if (event.name !== 'versionChanged') return super.onDialogEvent(dc, event)
      await dc.context.sendActivity(`version changed: ${event.value}`)
      return true
    }
  }
  const made = Reflect.construct(Component, [id])
  for (const dialog of dialogs) made.addDialog(dialog)
  return made
}

function nameAndCity({ WaterfallDialog, TextPrompt }: Library): OpenValue {
  const waterfall = new WaterfallDialog('steps', [
    (step: OpenValue) => step.prompt('text', 'name?'),
    (step: OpenValue) => {
      step.values.name = step.result
      return step.prompt('text', { prompt: 'city?' })
    },
    async (step: OpenValue) => {
      const text = `${step.values.name} of ${step.result}, asked as ${step.options.as ?? 'guest'}`
      if (!step.options.as) await step.context.sendActivity(text)
      return step.endDialog(text)
    },
  ])
  // Alone, it has nobody else who brings the prompt.
  waterfall.getDependencies = () => [new TextPrompt('text')]
  return waterfall
}

function nested(library: Library): OpenValue {
  const { WaterfallDialog, TextPrompt } = library
  const inner = component(library, 'inner', [nameAndCity(library)])
  const steps = new WaterfallDialog('outerSteps', [
    (step: OpenValue) => step.beginDialog('inner', { as: 'inner' }),
    (step: OpenValue) => step.prompt('more', `outer got ${step.result}`),
    async (step: OpenValue) => {
      await step.context.sendActivity(`bye ${step.result}`)
      return step.endDialog()
    },
  ])
  return component(library, 'outer', [steps, inner, new TextPrompt('more')])
}

function number(library: Library): OpenValue {
  const { NumberPrompt, WaterfallDialog } = library
  let attempts = 0
  const validator = async (prompt: OpenValue): Promise<boolean> => {
    attempts = prompt.attemptCount
    if (prompt.recognized.succeeded) return true
    await prompt.context.sendActivity(`a number, please (${attempts})`)
    return false
  }
  const steps = new WaterfallDialog('steps', [
    (step: OpenValue) => step.prompt('number', { prompt: 'how many?', retryPrompt: 'again: how many?' }),
    async (step: OpenValue) => {
      await step.context.sendActivity(`got ${step.result} after ${attempts}`)
      return step.endDialog()
    },
  ])
  return component(library, 'main', [steps, new NumberPrompt('number', validator, 'en-us')])
}

function choices(library: Library): OpenValue {
  const { ChoicePrompt, WaterfallDialog } = library
  const steps = new WaterfallDialog('steps', [
    (step: OpenValue) =>
      step.prompt('choice', { prompt: 'which?', choices: ['red', { value: 'green', synonyms: ['lime'] }, 'blue'] }),
    async (step: OpenValue) => {
      await step.context.sendActivity(`chose ${JSON.stringify(step.result)}`)
      return step.endDialog()
    },
  ])
  return component(library, 'main', [steps, new ChoicePrompt('choice')])
}
