const restify = require('restify')
const {
  ActionTypes,
  ActivityHandler,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MemoryStorage,
  MessageFactory,
  UserState,
} = require('botbuilder')

const DEFAULT_LANGUAGE = 'en'
const words = {
  hello: 'hola',
  bread: 'pan',
  red: 'rojo',
  'you said': 'dijiste',
  english: 'inglés',
  changed: 'cambiado',
}

async function translate(text, from, to) {
  if (from === to) return text
  const pairs = Object.entries(words).map(([english, spanish]) =>
    to === 'es' ? [english, spanish] : [spanish, english],
  )
  return pairs.reduce((result, [what, by]) => result.split(what).join(by), text)
}

class TranslatorMiddleware {
  constructor(languagePreferenceProperty) {
    this.languagePreferenceProperty = languagePreferenceProperty
  }

  async onTurn(turnContext, next) {
    if (turnContext.activity.type === ActivityTypes.Message) {
      const language = await this.languagePreferenceProperty.get(turnContext, DEFAULT_LANGUAGE)
      turnContext.activity.text = await translate(turnContext.activity.text, language, DEFAULT_LANGUAGE)
      turnContext.onSendActivities(async (context, activities, nextSend) => {
        const userLanguage = await this.languagePreferenceProperty.get(context, DEFAULT_LANGUAGE)
        if (userLanguage !== DEFAULT_LANGUAGE) {
          for (const activity of activities) {
            activity.text = await translate(activity.text, DEFAULT_LANGUAGE, userLanguage)
            activity.locale = userLanguage
          }
        }
        return nextSend()
      })
      turnContext.onUpdateActivity(async (context, activity, nextUpdate) => {
        const userLanguage = await this.languagePreferenceProperty.get(context, DEFAULT_LANGUAGE)
        activity.text = await translate(activity.text, DEFAULT_LANGUAGE, userLanguage)
        return nextUpdate()
      })
    }
    await next()
  }
}

class MultilingualBot extends ActivityHandler {
  constructor(userState, languagePreferenceProperty) {
    super()
    this.userState = userState
    this.onMessage(async (context, next) => {
      const { text } = context.activity
      if (text.startsWith('language ')) {
        await languagePreferenceProperty.set(context, text.slice(9))
        const reply = MessageFactory.suggestedActions(
          [{ type: ActionTypes.PostBack, title: 'English', value: 'language en' }],
          'language changed',
        )
        await context.sendActivity(reply)
        await this.userState.saveChanges(context)
      } else if (text === 'change it') {
        const { id } = await context.sendActivity('bread')
        await context.updateActivity({ ...MessageFactory.text('red bread'), id })
      } else {
        await context.sendActivity(`you said "${text}"`)
      }
      await next()
    })
  }
}

const userState = new UserState(new MemoryStorage())
const languagePreferenceProperty = userState.createProperty('language')
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
adapter.use(new TranslatorMiddleware(languagePreferenceProperty))
const bot = new MultilingualBot(userState, languagePreferenceProperty)
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
