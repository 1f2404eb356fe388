const express = require('express')
const {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  AttachmentLayoutTypes,
  ActivityTypes,
  InputHints,
} = require('botbuilder')

const flowers = ['rose', 'lily', 'tulip']
const card = (name) => CardFactory.heroCard(name, [`https://example.com/${name}.jpg`], [`pick ${name}`])

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const app = express()
app.use(express.json({ limit: '1mb' }))
app.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, async (context) => {
    if (context.activity.type !== ActivityTypes.Message) return
    const utterance = context.activity.text
    if (utterance === 'factory') {
      await context.sendActivity(
        MessageFactory.carousel(flowers.map(card), 'Choose:', 'Please choose', InputHints.ExpectingInput),
      )
    } else if (utterance === 'by hand') {
      const reply = { type: ActivityTypes.Message }
      reply.attachments = flowers.map(card)
      reply.attachmentLayout = AttachmentLayoutTypes.Carousel
      await context.sendActivity(reply)
    } else if (utterance === 'one') {
      await context.sendActivity(MessageFactory.attachment(card('daisy'), 'Just one'))
    } else if (utterance === 'picture') {
      await context.sendActivity(
        MessageFactory.contentUrl('https://example.com/rose.jpg', 'image/jpeg', 'Rose', 'A rose'),
      )
    } else if (utterance.startsWith('pick ')) {
      await context.sendActivity(`You picked the ${utterance.slice(5)}.`)
    }
  })
})
app.listen(process.env.PORT)
