import { createServer } from 'http'
import * as builder from 'botbuilder'

interface Guest {
  name: string
  nights?: number
}

const settings: builder.IChatConnectorSettings = { appId: '', appPassword: '' }
const connector: builder.ChatConnector = new builder.ChatConnector(settings)
const storage: builder.IBotStorage = new builder.MemoryBotStorage()

class Trace implements builder.IMiddlewareMap {
  seen: string[] = []
  receive: builder.IEventMiddleware = (event, next) => {
    this.seen.push(event.type)
    next()
  }
  botbuilder = (session: builder.Session, next: Function) => {
    session.userData.turns = (session.userData.turns || 0) + 1
    next()
  }
}

/** As one wrote dialogs before there were waterfalls. */
class RepeatDialog extends builder.Dialog {
  begin<T>(session: builder.Session, args?: T): void {
    session.send('Repeating %s', args)
  }
  replyReceived(session: builder.Session, recognizeResult: builder.IRecognizeResult): void {
    if (session.message.text === 'stop') session.endDialogWithResult({ resumed: builder.ResumeReason.completed })
    else session.send('%s (%s)', session.message.text, recognizeResult.score)
  }
}

class YesRecognizer implements builder.IIntentRecognizer {
  recognize(
    context: builder.IRecognizeContext,
    callback: (err: Error, result: builder.IIntentRecognizerResult) => void,
  ): void {
    const isYes = context.message.text === 'si'
    callback(null as any, { score: isYes ? 1 : 0, intent: isYes ? 'Yes' : (null as any) })
  }
}

const steps: builder.IDialogWaterfallStep[] = [
  (session, args, next) => {
    const guest: Guest = args || { name: '' }
    session.dialogData.guest = guest
    builder.Prompts.text(session, 'Your name?')
  },
  (session: builder.Session, results: builder.IPromptTextResult) => {
    session.dialogData.guest.name = results.response
    const options: builder.IPromptNumberOptions = { minValue: 1, integerOnly: true }
    builder.Prompts.number(session, ['How many nights?'], options)
  },
  (session: builder.Session, results: builder.IDialogResult<number>) => {
    const guest: Guest = session.dialogData.guest
    guest.nights = results.response
    const card = new builder.ThumbnailCard(session).title(guest.name).text('%d nights', guest.nights)
    const message: builder.Message = new builder.Message(session)
      .attachmentLayout(builder.AttachmentLayout.list)
      .attachments([card])
      .suggestedActions(builder.SuggestedActions.create(session, [builder.CardAction.imBack(session, 'ok', 'OK')]))
    session.endDialog(message)
  },
]

const bot: builder.UniversalBot = new builder.UniversalBot(connector, steps)
bot.set('storage', storage)
bot.use(new Trace(), builder.Middleware.dialogVersion({ version: 1 }))
bot.recognizer(new YesRecognizer())
bot.dialog('repeat', new RepeatDialog()).triggerAction({ matches: /^repeat/i, dialogArgs: { n: 1 } })
bot
  .dialog('yes', (session) => {
    session.endDialog('Yes in %s after %d', session.preferredLocale(), session.userData.turns)
  })
  .triggerAction({ matches: ['Yes'] })
const intents = new builder.IntentDialog({ recognizeMode: builder.RecognizeMode.onBegin })
intents.matches(/^intent/i, (session, args) => session.endDialog('Intent %s', args.score))
intents.onDefault((session) => session.endDialog('none'))
bot.dialog('intents', intents).triggerAction({ matches: /^intent/i })

bot.on('conversationUpdate', (update: builder.IConversationUpdate) => {
  for (const { name } of update.membersAdded || []) {
    bot.send(new builder.Message().address(update.address).text('Welcome, %s', name), (err, addresses) => {
      if (err) console.error(err)
      else console.log('sent %d', (addresses || []).length)
    })
  }
})

const listener = connector.listen()
createServer((request, response) => listener(request, response)).listen(process.env.PORT)
