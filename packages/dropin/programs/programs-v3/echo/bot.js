var restify = require('restify')
var builder = require('botbuilder')

var connector = new builder.ChatConnector({
  appId: process.env.MicrosoftAppId,
  appPassword: process.env.MicrosoftAppPassword,
})
var server = restify.createServer()
server.post('/api/messages', connector.listen())
server.listen(process.env.port || process.env.PORT || 3978)

var bot = new builder.UniversalBot(connector, function (session) {
  ;[session.userData, session.conversationData, session.privateConversationData].forEach(function (data) {
    data.count = (data.count || 0) + 1
  })
  session.send('You said: %s (%d)', session.message.text, session.userData.count)
})

bot.on('contactRelationUpdate', function (message) {
  if (message.action === 'add') {
    // Not a reply: without the id of what was received.
    delete message.address.id
    bot.send(new builder.Message().address(message.address).text('Hello %s!', message.user.name))
  } else connector.deleteData({ userId: message.user.id, address: message.address })
})
bot.on('error', function (error) {
  console.log('error: %s', error.code)
})
