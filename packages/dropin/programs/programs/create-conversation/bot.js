const express = require('express')
const {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  TeamsActivityHandler,
  TurnContext,
  teamsGetChannelId,
} = require('botbuilder')

class StartThreadInChannel extends TeamsActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      if (context.activity.text === 'thread') await this.startThread(context)
      else if (context.activity.text === 'private') await this.startPrivate(context)
      await next()
    })
  }

  async startThread(context) {
    const teamsChannelId = teamsGetChannelId(context.activity)
    const conversationParameters = {
      isGroup: true,
      channelData: { channel: { id: teamsChannelId } },
      activity: MessageFactory.text('This will start a new thread in a channel'),
    }
    const botAppId = process.env.MicrosoftAppId || ''
    let reference
    await context.adapter.createConversationAsync(
      botAppId,
      context.activity.channelId,
      context.activity.serviceUrl,
      null,
      conversationParameters,
      async (turnContext) => {
        reference = TurnContext.getConversationReference(turnContext.activity)
      },
    )
    await context.adapter.continueConversationAsync(botAppId, reference, async (turnContext) => {
      await turnContext.sendActivity(MessageFactory.text('This will be the first response to the new thread'))
    })
  }

  async startPrivate(context) {
    const { activity } = context
    const parameters = { members: [activity.from], bot: activity.recipient, tenantId: activity.conversation.tenantId }
    await context.adapter.createConversationAsync(
      '',
      'msteams',
      activity.serviceUrl,
      undefined,
      parameters,
      async (inner) => {
        const reference = TurnContext.getConversationReference(inner.activity)
        await inner.sendActivity(
          `Just between us, ${activity.from.name}: ${inner.activity.type} ${inner.activity.name}`,
        )
        await inner.adapter.continueConversationAsync('', reference, async (proactive) => {
          await proactive.sendActivity(`Still here, ${proactive.activity.conversation.id}`)
        })
      },
    )
    await context.sendActivity('I wrote to you.')
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: '' }))
adapter.onTurnError = async (context, error) => console.error(error)
const bot = new StartThreadInChannel()
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
