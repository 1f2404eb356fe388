const express = require('express')
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder')

const bot = new ActivityHandler()
bot.onMessage(async (context, next) => {
  const { activity } = context
  await context.sendActivity({
    type: 'message',
    text: `heard ${activity.text}`,
    entities: activity.entities,
    channelData: activity.channelData,
    voice: activity.voice,
    from: { ...activity.recipient, mood: 'fine' },
  })
  const connector = context.turnState.get(context.adapter.ConnectorClientKey)
  const members = await connector.conversations.getConversationMembers(activity.conversation.id)
  await context.sendActivity(members.map((member) => `${member.name} ${member.givenName}`).join())
  await next()
})

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
