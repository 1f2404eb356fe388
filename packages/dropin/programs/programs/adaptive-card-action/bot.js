const express = require('express')
const {
  ActivityHandler,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  StatusCodes,
} = require('botbuilder')

const card = (text) => ({
  type: 'AdaptiveCard',
  version: '1.4',
  refresh: { action: { type: 'Action.Execute', verb: 'refresh' }, userIds: ['user1'] },
  body: [{ type: 'TextBlock', text }],
  actions: [{ type: 'Action.Execute', title: 'Approve', verb: 'approve', data: { item: 7 } }],
})

class ApprovalBot extends ActivityHandler {
  constructor(conversationState) {
    super()
    this.conversationState = conversationState
    this.approvals = conversationState.createProperty('approvals')
    this.onMessage(async (context, next) => {
      await context.sendActivity({ attachments: [CardFactory.adaptiveCard(card('Item 7 waits'))] })
      await next()
    })
  }

  async onAdaptiveCardInvoke(context, invokeValue) {
    const approvals = await this.approvals.get(context, [])
    const { verb, data } = invokeValue.action
    switch (verb) {
      case 'approve':
        approvals.push(`${context.activity.from.name}:${data.item}`)
        return this.card(`Approved by ${approvals.join(', ')}`)
      case 'refresh':
        return this.card(`${approvals.length} approvals (${context.activity.value.trigger})`)
      case 'talk':
        return { statusCode: StatusCodes.OK, type: 'application/vnd.microsoft.activity.message', value: 'Done.' }
      case 'login':
        return {
          statusCode: 401,
          type: 'application/vnd.microsoft.activity.loginRequest',
          value: { text: 'Who are you?' },
        }
      case 'crash':
        throw new Error('something broke')
      default:
        return super.onAdaptiveCardInvoke(context, invokeValue)
    }
  }

  card(text) {
    return { statusCode: StatusCodes.OK, type: 'application/vnd.microsoft.card.adaptive', value: card(text) }
  }

  async run(context) {
    await super.run(context)
    await this.conversationState.saveChanges(context)
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const bot = new ApprovalBot(new ConversationState(new MemoryStorage()))
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
