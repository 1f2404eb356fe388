const restify = require('restify')
const {
  ActivityHandler,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  EndOfConversationCodes,
  MessageFactory,
} = require('botbuilder')
const { AuthenticationConfiguration, allowedCallersClaimsValidator } = require('botframework-connector')

class EchoSkill extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      switch (context.activity.text.toLowerCase()) {
        case 'end':
        case 'stop':
          await context.sendActivity({
            type: ActivityTypes.EndOfConversation,
            code: EndOfConversationCodes.CompletedSuccessfully,
            value: { echoed: true },
          })
          break
        case 'edit': {
          const { id } = await context.sendActivity('draft')
          await context.updateActivity({ ...MessageFactory.text('final'), id })
          await context.deleteActivity(id)
          break
        }
        case 'signal':
          await context.sendActivity({ type: ActivityTypes.Event, name: 'signal', value: [1, 2] })
          break
        default:
          await context.sendActivity(`Echo (skill): ${context.activity.text}`)
          await context.sendActivity(
            MessageFactory.text('Say "end" or "stop" to return to the parent.', null, 'ignoringInput'),
          )
      }
      await next()
    })
    this.onEndOfConversation(async (context, next) => {
      console.log(`skill ended: ${context.activity.code}`)
      await next()
    })
  }
}

const allowedCallers = (process.env.AllowedCallers || '*').split(',')
const authConfig = new AuthenticationConfiguration([], allowedCallersClaimsValidator(allowedCallers))
const auth = new ConfigurationBotFrameworkAuthentication(process.env, undefined, authConfig)
const adapter = new CloudAdapter(auth)
adapter.onTurnError = async (context, error) => {
  console.error(error)
  await context.sendActivity({ type: ActivityTypes.EndOfConversation, code: 'SkillError', text: error.message })
}
const bot = new EchoSkill()
const server = restify.createServer({ maxParamLength: 1000 })
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
