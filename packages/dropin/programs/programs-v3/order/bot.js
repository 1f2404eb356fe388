var express = require('express')
var builder = require('botbuilder')

var connector = new builder.ChatConnector({
  appId: process.env.MICROSOFT_APP_ID,
  appPassword: process.env.MICROSOFT_APP_PASSWORD,
})
var app = express()
app.use(express.json())
app.post('/api/messages', connector.listen())
app.listen(process.env.PORT)

var bot = new builder.UniversalBot(connector, [
  function (session) {
    session.send('Welcome to the shop.')
    builder.Prompts.choice(session, 'What would you like?', 'Pizza|Pasta', { listStyle: builder.ListStyle.button })
  },
  function (session, results) {
    session.dialogData.dish = results.response.entity
    builder.Prompts.number(session, 'How many?', { maxValue: 9 })
  },
  function (session, results) {
    session.dialogData.count = results.response
    builder.Prompts.confirm(session, 'Shall I order?')
  },
  function (session, results) {
    if (!results.response) return session.endConversation('Maybe next time.')
    var card = new builder.HeroCard(session)
      .title('%d × %s', session.dialogData.count, session.dialogData.dish)
      .buttons([builder.CardAction.dialogAction(session, 'track', '42', 'Track')])
    session.endDialog(new builder.Message(session).addAttachment(card))
  },
])
bot.dialog('help', function (session) {
  session.endDialog('Just answer the question.')
})
bot.dialog('track', function (session, args) {
  session.endDialog('Order %s is on its way.', args.data)
})
bot.beginDialogAction('track', 'track')
bot.recognizer(new builder.RegExpRecognizer('Help', /^help/i))
bot
  .dialog('cancel', function (session) {
    session.endConversation('Canceled.')
  })
  .triggerAction({ matches: /^(cancel|stop)$/i })
bot
  .dialog('/help', function (session) {
    session.beginDialog('help')
  })
  .triggerAction({
    matches: 'Help',
    onSelectAction: function (session, args) {
      session.beginDialog(args.action, args)
    },
  })
connector.onInvoke(function (event, callback) {
  callback(null, { asked: event.value }, 200)
})
