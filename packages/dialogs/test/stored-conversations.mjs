/**
 * Conversations that are stored in the middle and then go on, in this implementation of dialogs or in botbuilder-dialogs:
 * what the one has stored, the other has to continue.
 */

/**
 * The names a conversation is made of, from either implementation.
 *
 * @typedef {Record<string, any>} Library
 */

/**
 * @typedef {object} StoredConversation
 * @property {string} name - That of its fixture, too.
 * @property {string[]} before - What the user says before the state is stored.
 * @property {string[]} after - What the user says then.
 * @property {(library: Library) => any} dialog - Makes the dialog, as it is before.
 * @property {(library: Library) => any} [laterDialog] - Makes the dialog as it is after, if it has changed.
 * @property {string[]} says - What the bot says after.
 */

/** @type {readonly StoredConversation[]} */
export const storedConversations = [
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

/**
 * Says `texts` to a dialog, each in a turn of its own.
 *
 * @param {Library} library
 * @param {any} dialog
 * @param {any} storage - What is stored is read from it and written to it.
 * @param {string[]} texts
 * @returns {Promise<string[]>} What the bot said.
 */
export async function converse(library, dialog, storage, texts) {
  const state = new library.ConversationState(storage)
  const accessor = state.createProperty('DialogState')
  /** @type {string[]} */
  const said = []
  const adapter = adapterThatCollects(library, said)
  for (const text of texts) {
    const context = new library.TurnContext(adapter, activityOf(text))
    await library.runDialog(dialog, context, accessor)
    await state.saveChanges(context)
  }
  return said
}

/**
 * @param {Library} library
 * @param {string[]} said
 */
function adapterThatCollects({ BotAdapter }, said) {
  return new (class extends BotAdapter {
    /**
     * @param {unknown} _context
     * @param {any[]} activities
     */
    async sendActivities(_context, activities) {
      said.push(...activities.filter(({ type }) => type === 'message').map(({ text }) => text))
      return activities.map(() => ({ id: '' }))
    }
  })()
}

/** @param {string} text */
function activityOf(text) {
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

/**
 * @param {Library} library
 * @param {string} id
 * @param {any[]} dialogs
 */
function component({ ComponentDialog }, id, dialogs) {
  class Component extends ComponentDialog {
    /**
     * @param {any} dc
     * @param {any} event
     */
    async onDialogEvent(dc, event) {
      if (event.name !== 'versionChanged') return super.onDialogEvent(dc, event)
      await dc.context.sendActivity(`version changed: ${event.value}`)
      return true
    }
  }
  const made = Reflect.construct(Component, [id])
  for (const dialog of dialogs) made.addDialog(dialog)
  return made
}

/** @param {Library} library */
function nameAndCity({ WaterfallDialog, TextPrompt }) {
  const waterfall = new WaterfallDialog('steps', [
    /** @param {any} step */ (step) => step.prompt('text', 'name?'),
    /** @param {any} step */ (step) => {
      step.values.name = step.result
      return step.prompt('text', { prompt: 'city?' })
    },
    /** @param {any} step */ async (step) => {
      const text = `${step.values.name} of ${step.result}, asked as ${step.options.as ?? 'guest'}`
      if (!step.options.as) await step.context.sendActivity(text)
      return step.endDialog(text)
    },
  ])
  // Alone, it has nobody else who brings the prompt.
  waterfall.getDependencies = () => [new TextPrompt('text')]
  return waterfall
}

/** @param {Library} library */
function nested(library) {
  const { WaterfallDialog, TextPrompt } = library
  const inner = component(library, 'inner', [nameAndCity(library)])
  const steps = new WaterfallDialog('outerSteps', [
    /** @param {any} step */ (step) => step.beginDialog('inner', { as: 'inner' }),
    /** @param {any} step */ (step) => step.prompt('more', `outer got ${step.result}`),
    /** @param {any} step */ async (step) => {
      await step.context.sendActivity(`bye ${step.result}`)
      return step.endDialog()
    },
  ])
  return component(library, 'outer', [steps, inner, new TextPrompt('more')])
}

/** @param {Library} library */
function number(library) {
  const { NumberPrompt, WaterfallDialog } = library
  let attempts = 0
  /** @param {any} prompt */
  const validator = async (prompt) => {
    attempts = prompt.attemptCount
    if (prompt.recognized.succeeded) return true
    await prompt.context.sendActivity(`a number, please (${attempts})`)
    return false
  }
  const steps = new WaterfallDialog('steps', [
    /** @param {any} step */ (step) => step.prompt('number', { prompt: 'how many?', retryPrompt: 'again: how many?' }),
    /** @param {any} step */ async (step) => {
      await step.context.sendActivity(`got ${step.result} after ${attempts}`)
      return step.endDialog()
    },
  ])
  return component(library, 'main', [steps, new NumberPrompt('number', validator, 'en-us')])
}

/** @param {Library} library */
function choices(library) {
  const { ChoicePrompt, WaterfallDialog } = library
  const steps = new WaterfallDialog('steps', [
    /** @param {any} step */ (step) =>
      step.prompt('choice', { prompt: 'which?', choices: ['red', { value: 'green', synonyms: ['lime'] }, 'blue'] }),
    /** @param {any} step */ async (step) => {
      await step.context.sendActivity(`chose ${JSON.stringify(step.result)}`)
      return step.endDialog()
    },
  ])
  return component(library, 'main', [steps, new ChoicePrompt('choice')])
}
