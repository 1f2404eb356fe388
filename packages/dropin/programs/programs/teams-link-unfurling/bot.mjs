import restify from 'restify'
import botbuilder from 'botbuilder'

const { CardFactory, CloudAdapter, ConfigurationBotFrameworkAuthentication, TeamsActivityHandler } = botbuilder

class LinkUnfurlingBot extends TeamsActivityHandler {
  async handleTeamsAppBasedLinkQuery(context, query) {
    const attachment = CardFactory.thumbnailCard('Thumbnail Card', query.url, ['https://example.com/logo.png'])
    return { composeExtension: { attachmentLayout: 'list', type: 'result', attachments: [attachment] } }
  }

  async handleTeamsAnonymousAppBasedLinkQuery(_context, query) {
    return {
      composeExtension: { type: 'message', text: `Install the app to see ${new URL(query.url).hostname}.` },
      cacheInfo: { cacheType: 'no-cache' },
    }
  }

  async handleTeamsO365ConnectorCardAction(context, query) {
    await context.sendActivity(`action ${query.actionId}: ${query.body}`)
  }

  async handleTeamsCardActionInvoke(context) {
    return { status: 201, body: { got: context.activity.value } }
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const bot = new LinkUnfurlingBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
