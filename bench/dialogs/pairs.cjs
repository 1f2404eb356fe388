/**
 * Runs one kind of dialog in this fresh process: `pairs.cjs FOLDER SCOPE CASE PAIRS`. A pair begins a prompt in component >
 * waterfall > prompt and answers it. Prints the CPU time of a pair in microseconds as JSON. The bot is the same for both sides.
 */
const { createRequire } = require('node:module')

const [folder = '', scope = '', kind = 'text', count = '1000'] = process.argv.slice(2)
const load = createRequire(folder)
const { ConversationState, MemoryStorage, TestAdapter, TurnContext } = load(`${scope}botbuilder-core`)
const dialogs = load(`${scope}botbuilder-dialogs`)
const { ComponentDialog, DialogTurnStatus, WaterfallDialog, runDialog } = dialogs

/** @type {Record<string, { prompt: () => any, options: object, answer: string, isRight: (result: any) => boolean }>} */
const cases = {
  text: {
    prompt: () => new dialogs.TextPrompt('ask'),
    options: { prompt: 'Your name?' },
    answer: 'Ada',
    isRight: (result) => result === 'Ada',
  },
  number: {
    prompt: () => new dialogs.NumberPrompt('ask', undefined, 'en-us'),
    options: { prompt: 'How many?' },
    answer: 'forty two',
    isRight: (result) => result === 42,
  },
  choice: {
    prompt: () => new dialogs.ChoicePrompt('ask', undefined, 'en-us'),
    options: { prompt: 'Which?', choices: ['red', 'green', 'blue'] },
    answer: 'the green one',
    isRight: (result) => result.value === 'green',
  },
  'date-time': {
    prompt: () => new dialogs.DateTimePrompt('ask', undefined, 'en-us'),
    options: { prompt: 'When?' },
    answer: 'tomorrow at 9am',
    isRight: (result) => result[0].timex.endsWith('T09'),
  },
}
const chosen = cases[kind]
if (!chosen) throw new Error(`There is no case ${kind}.`)
const { prompt, options, answer, isRight } = chosen

/** What the waterfall ended with. */
let last

class Main extends ComponentDialog {
  constructor() {
    super('main')
    this.addDialog(prompt())
    this.addDialog(
      new WaterfallDialog('steps', [
        (/** @type {any} */ step) => step.prompt('ask', options),
        (/** @type {any} */ step) => {
          last = step.result
          return step.endDialog(step.result)
        },
      ]),
    )
    this.initialDialogId = 'steps'
  }
}

const adapter = new TestAdapter(async () => {})
const state = new ConversationState(new MemoryStorage())
const property = state.createProperty('dialogs')
const main = new Main()

/** @param {string} text */
async function turn(text) {
  const activity = adapter.makeActivity(text)
  Object.assign(activity, {
    type: 'message',
    channelId: 'test',
    locale: 'en-us',
    id: '1',
    recipient: adapter.conversation.bot,
  })
  const context = new TurnContext(adapter, activity)
  await runDialog(main, context, property)
  await state.saveChanges(context)
  adapter.activityBuffer.length = 0
}

async function pair() {
  last = undefined
  await turn('hello')
  await turn(answer)
  if (!isRight(last))
    throw new Error(`${kind}: the dialog ended with ${JSON.stringify(last)}, ${DialogTurnStatus.complete}`)
}

void (async () => {
  const pairs = Number(count)
  for (let warmUp = 0; warmUp < pairs; warmUp += 1) await pair()
  const before = process.cpuUsage()
  for (let measured = 0; measured < pairs; measured += 1) await pair()
  const { user, system } = process.cpuUsage(before)
  console.log(JSON.stringify({ microsPerPair: (user + system) / pairs }))
})()
