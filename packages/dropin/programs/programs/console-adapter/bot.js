const http = require('http')
const {
  ActivityHandler,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  MessageFactory,
  TurnContext,
} = require('botbuilder')
const { ConsoleAdapter } = require('./console-adapter')

const conversationState = new ConversationState(new MemoryStorage())
const count = conversationState.createProperty('count')
let reference

class LinesBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      reference = TurnContext.getConversationReference(context.activity)
      const turn = (await count.get(context, 0)) + 1
      await count.set(context, turn)
      if (context.activity.text === 'card') {
        const card = CardFactory.heroCard('x')
        await context.sendActivities([
          { type: 'typing' },
          { type: 'delay', value: 1 },
          MessageFactory.list([card, card], 'cards:'),
        ])
      } else if (context.activity.text === 'edit') {
        await context.updateActivity({ id: '1', text: 'new' })
      } else if (context.activity.text === 'later') {
        await context.adapter.createConversationAsync('', '', '', '', {}, async () => {})
      } else await context.sendActivity(`${turn}: ${context.activity.text}`)
      await next()
    })
  }

  async run(context) {
    await super.run(context)
    await conversationState.saveChanges(context)
  }
}

const bot = new LinesBot()
const consoleAdapter = new ConsoleAdapter({ conversation: { id: 'my-console' } })
consoleAdapter.onTurnError = async (context, error) => {
  await context.sendActivity(`! ${error.message}`)
}
const cloudAdapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())

const handlers = {
  '/console': async (text) => (await consoleAdapter.input(text, (context) => bot.run(context))).join('\n'),
  '/nudge': async (text) => {
    const lines = await consoleAdapter.continueConversation(reference, async (context) => {
      await context.sendActivity(`${text}, ${context.activity.from.name}`)
    })
    return lines.join('\n')
  },
}

http
  .createServer((req, res) => {
    let text = ''
    req.on('data', (chunk) => (text += chunk))
    req.on('end', async () => {
      if (handlers[req.url]) return res.end(await handlers[req.url](text))
      req.body = JSON.parse(text)
      res.status = (code) => {
        res.statusCode = code
        return res
      }
      res.header = (name, value) => res.setHeader(name, value)
      res.send = (body) => res.write(typeof body === 'string' ? body : JSON.stringify(body))
      await cloudAdapter.process(req, res, (context) => bot.run(context))
    })
  })
  .listen(process.env.PORT)
