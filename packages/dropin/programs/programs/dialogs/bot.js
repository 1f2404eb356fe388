const restify = require('restify')
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  UserState,
} = require('botbuilder')
const {
  ChoicePrompt,
  ComponentDialog,
  ConfirmPrompt,
  DialogSet,
  DialogTurnStatus,
  NumberPrompt,
  TextPrompt,
  WaterfallDialog,
} = require('botbuilder-dialogs')

class OrderDialog extends ComponentDialog {
  constructor(userState) {
    super('orderDialog')
    this.profile = userState.createProperty('PROFILE')
    this.addDialog(new TextPrompt('NAME'))
    this.addDialog(new ChoicePrompt('SIZE'))
    this.addDialog(new NumberPrompt('COUNT', this.isSmall))
    this.addDialog(new ConfirmPrompt('SURE'))
    this.addDialog(
      new WaterfallDialog('STEPS', [
        this.sizeStep.bind(this),
        this.countStep.bind(this),
        this.nameStep.bind(this),
        this.confirmStep.bind(this),
        this.finalStep.bind(this),
      ]),
    )
    this.initialDialogId = 'STEPS'
  }

  async run(turnContext, accessor) {
    const dialogSet = new DialogSet(accessor)
    dialogSet.add(this)
    const dialogContext = await dialogSet.createContext(turnContext)
    const results = await dialogContext.continueDialog()
    if (results.status === DialogTurnStatus.empty) await dialogContext.beginDialog(this.id)
  }

  async sizeStep(step) {
    return step.prompt('SIZE', { prompt: 'Which size?', choices: ['small', 'medium', 'large'] })
  }

  async countStep(step) {
    step.values.size = step.result.value
    return step.prompt('COUNT', { prompt: 'How many?', retryPrompt: 'From one to ten, please.' })
  }

  async nameStep(step) {
    step.values.count = step.result
    const profile = await this.profile.get(step.context, {})
    return profile.name ? step.next(profile.name) : step.prompt('NAME', 'For whom?')
  }

  async confirmStep(step) {
    step.values.name = step.result
    return step.prompt('SURE', { prompt: `${step.values.count} ${step.values.size} for ${step.result}?` })
  }

  async finalStep(step) {
    if (step.result) {
      const profile = await this.profile.get(step.context, {})
      profile.name = step.values.name
      await step.context.sendActivity(`Ordered for ${profile.name}.`)
    } else await step.context.sendActivity('Nothing ordered.')
    return step.endDialog()
  }

  async isSmall(prompt) {
    return prompt.recognized.succeeded && prompt.recognized.value > 0 && prompt.recognized.value <= 10
  }
}

const storage = new MemoryStorage()
const conversationState = new ConversationState(storage)
const userState = new UserState(storage)
const dialog = new OrderDialog(userState)
const dialogState = conversationState.createProperty('DialogState')

class DialogBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      await dialog.run(context, dialogState)
      await next()
    })
  }

  async run(context) {
    await super.run(context)
    await conversationState.saveChanges(context, false)
    await userState.saveChanges(context, false)
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const bot = new DialogBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
