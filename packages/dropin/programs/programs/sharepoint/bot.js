const express = require('express')
const { CloudAdapter, ConfigurationBotFrameworkAuthentication, SharePointActivityHandler } = require('botbuilder')
const { PrimaryTextCardView } = require('botframework-schema')

class CardExtensionBot extends SharePointActivityHandler {
  async onSharePointTaskGetCardViewAsync(context) {
    const cardViewParameters = PrimaryTextCardView(
      { componentName: 'cardBar', title: 'Hours' },
      { componentName: 'text', text: `For ${context.activity.from.name}` },
      { componentName: 'text', text: '7.5' },
      [{ componentName: 'cardButton', title: 'More', action: { type: 'QuickView', parameters: { view: 'more' } } }],
    )
    return {
      aceData: { title: 'Hours', cardSize: 'Large', id: 'x', dataVersion: '1.0', properties: {} },
      cardViewParameters,
      viewId: 'main',
    }
  }

  async onSharePointTaskGetQuickViewAsync(context, aceRequest) {
    return { data: { asked: aceRequest.data }, template: { type: 'AdaptiveCard' }, viewId: 'more', title: 'More' }
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const bot = new CardExtensionBot()
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
