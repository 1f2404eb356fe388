const restify = require('restify')
const {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  TeamsActivityHandler,
} = require('botbuilder')

const questionCard = (question = '') =>
  CardFactory.adaptiveCard({
    type: 'AdaptiveCard',
    version: '1.0',
    body: [
      { type: 'TextBlock', text: question || 'Ask something' },
      { type: 'Input.Text', id: 'Question', value: question },
    ],
    actions: [{ type: 'Action.Submit', title: 'Submit', data: { submitLocation: 'messagingExtensionFetchTask' } }],
  })

class ActionBot extends TeamsActivityHandler {
  async handleTeamsMessagingExtensionFetchTask(context, action) {
    return {
      task: {
        type: 'continue',
        value: {
          card: questionCard(action.messagePayload?.body?.content),
          height: 450,
          title: 'Task Module',
          width: 500,
        },
      },
    }
  }

  async handleTeamsMessagingExtensionSubmitAction(context, action) {
    switch (action.commandId) {
      case 'createCard': {
        const { title, subTitle, text } = action.data
        const attachment = CardFactory.heroCard(title, text)
        attachment.content.subtitle = subTitle
        const { contentType, content } = attachment
        return {
          composeExtension: {
            type: 'result',
            attachmentLayout: 'list',
            attachments: [{ contentType, content, preview: attachment }],
          },
        }
      }
      case 'question': {
        const preview = MessageFactory.attachment(questionCard(action.data.Question))
        return { composeExtension: { type: 'botMessagePreview', activityPreview: preview } }
      }
      default:
        throw new Error('NotImplemented')
    }
  }

  async handleTeamsMessagingExtensionBotMessagePreviewEdit(context, action) {
    const [{ attachments }] = action.botActivityPreview
    return {
      task: {
        type: 'continue',
        value: { card: questionCard(attachments[0].content.body[1].value), height: 450, title: 'Edit', width: 500 },
      },
    }
  }

  async handleTeamsMessagingExtensionBotMessagePreviewSend(context, action) {
    const [{ attachments }] = action.botActivityPreview
    const message = MessageFactory.attachment(questionCard(attachments[0].content.body[1].value))
    message.channelData = { onBehalfOf: [{ itemId: 0, mentionType: 'person', mri: context.activity.from.id }] }
    await context.sendActivity(message)
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const bot = new ActionBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
