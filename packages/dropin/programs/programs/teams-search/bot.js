const restify = require('restify')
const {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  TeamsActivityHandler,
} = require('botbuilder')

const packages = [
  { name: 'left-pad', description: 'pads', version: '1.3.0' },
  { name: 'left-trim', description: 'trims', version: '0.1.0' },
  { name: 'right-pad', description: 'pads too', version: '1.0.1' },
]

class TeamsMessagingExtensionsSearchBot extends TeamsActivityHandler {
  async handleTeamsMessagingExtensionQuery(context, query) {
    if (query.commandId === 'fail') throw new Error('the index is down')
    const searchQuery = query.parameters[0].value
    const { skip, count } = query.queryOptions
    const found = packages.filter(({ name }) => name.includes(searchQuery)).slice(skip, skip + count)
    const attachments = found.map((item) => {
      const heroCard = CardFactory.heroCard(item.name)
      const preview = CardFactory.heroCard(item.name)
      preview.content.tap = { type: 'invoke', value: item }
      return { ...heroCard, preview }
    })
    return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } }
  }

  async handleTeamsMessagingExtensionSelectItem(context, obj) {
    return {
      composeExtension: {
        type: 'result',
        attachmentLayout: 'list',
        attachments: [
          CardFactory.thumbnailCard(obj.name, obj.description, undefined, undefined, { subtitle: obj.version }),
        ],
      },
    }
  }

  async handleTeamsMessagingExtensionConfigurationQuerySettingUrl() {
    const value = 'https://example.com/settings'
    return { composeExtension: { type: 'config', suggestedActions: { actions: [{ type: 'openApp', value }] } } }
  }

  async handleTeamsMessagingExtensionConfigurationSetting(context, settings) {
    if (settings.state !== null) console.log(`settings: ${settings.state}`)
  }

  async handleTeamsMessagingExtensionCardButtonClicked(context, cardData) {
    await context.sendActivity(`clicked ${cardData.what}`)
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
adapter.onTurnError = async (context, error) => {
  console.error(`[onTurnError] ${error.message}`)
}
const bot = new TeamsMessagingExtensionsSearchBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
