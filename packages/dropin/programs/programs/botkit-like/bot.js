const { FrameworkAdapter } = require('./adapter')
const { Framework } = require('./framework')

const adapter = new FrameworkAdapter({ appId: '', appPassword: '' })
adapter.use(async (context, next) => {
  context.onSendActivities(async (_context, activities, nextSend) => {
    for (const activity of activities) activity.channelData = { ...activity.channelData, sentBy: 'framework' }
    return nextSend()
  })
  await next()
})

const controller = new Framework({ adapter, webhookUri: '/api/messages' })
controller.hears(/^hello/i, 'direct_message,message', async (bot, message) => {
  await bot.reply(message, `Hello, ${message.user} (${message.turns})`)
})
controller.hears('info', 'direct_message', async (bot) => {
  const { adapter: own } = bot.context
  const info = await own.getConnectionInfo(bot.context)
  await bot.say(
    `${await own.getChannels(bot.context)} ${JSON.stringify(info)} ${own === adapter} ${own.connectors > 0}`,
  )
})
controller.hears('private', 'direct_message', (bot) => bot.startConversationWithUser(bot.reference))
controller.on('direct_message', (bot, message) =>
  bot.say({ type: 'message', text: `Did not understand ${message.text}.` }),
)
controller.on('conversationUpdate', (bot, message) => bot.say(`Update about ${message.incoming.membersAdded.length}`))
controller.on('message', (bot) => bot.say('In a group I only hear hello.'))
controller.webserver.listen(process.env.PORT)
