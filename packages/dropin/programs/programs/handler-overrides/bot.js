const express = require('express')
const {
  ActivityHandler,
  ActivityHandlerBase,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  TeamsActivityHandler,
} = require('botbuilder')

const say = (context, text) => context.sendActivity(text)

/** The plain kind: a method for each activity. */
class PlainBot extends ActivityHandlerBase {
  async onMessageActivity(context) {
    await say(context, `plain ${context.activity.text}`)
  }
  async onMembersAddedActivity(membersAdded, context) {
    await say(context, `added ${membersAdded.map(({ id }) => id)}`)
  }
  async onMembersRemovedActivity(membersRemoved, context) {
    await say(context, `removed ${membersRemoved.length}`)
  }
  async onReactionsAddedActivity(reactionsAdded, context) {
    await say(context, `reactions ${reactionsAdded.map(({ type }) => type)}`)
  }
  async onEventActivity(context) {
    await say(context, `event ${context.activity.name}`)
  }
  async onInstallationUpdateAddActivity(context) {
    await say(context, `installed ${context.activity.action}`)
  }
  async onUnrecognizedActivity(context) {
    await say(context, `unrecognized ${context.activity.type}`)
  }
}

/** Overrides below the events. */
class OverridingBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      await say(context, 'handler')
      await next()
    }).onDialog(async (context, next) => {
      await say(context, 'dialog')
      await next()
    })
    this.on('Custom', async (context, next) => {
      await say(context, 'custom')
      await next()
    })
  }
  async onTurnActivity(context) {
    await say(context, 'before')
    await super.onTurnActivity(context)
    await say(context, 'after')
  }
  async onMessageActivity(context) {
    if (context.activity.text === 'custom')
      return void (await this.handle(context, 'Custom', this.defaultNextEvent(context)))
    await super.onMessageActivity(context)
  }
  async dispatchEventActivity(context) {
    if (context.activity.name === 'mine') await say(context, 'dispatched')
    else await super.dispatchEventActivity(context)
  }
}

class OverridingTeamsBot extends TeamsActivityHandler {
  async dispatchConversationUpdateActivity(context) {
    await say(context, `update ${context.activity.channelData.eventType}`)
    await super.dispatchConversationUpdateActivity(context)
  }
  async onTeamsMembersAdded(context) {
    await say(context, `teams members ${context.activity.membersAdded.length}`)
  }
  async onTeamsChannelRenamed(context) {
    await say(context, 'renamed')
  }
  async handleTeamsTaskModuleFetch() {
    throw new Error('BadRequest')
  }
}

const bots = { plain: new PlainBot(), overriding: new OverridingBot(), teams: new OverridingTeamsBot() }
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const app = express()
app.use(express.json())
app.post('/api/messages', async (req, res) => {
  const bot = bots[req.query.bot]
  await adapter.process(req, res, (context) => bot.run(context))
})
app.get('/direct', async (_req, res) => {
  const errors = []
  for (const context of [undefined, {}, { activity: {} }]) {
    await bots.overriding.run(context).catch((error) => errors.push(error.message))
  }
  res.json(errors)
})
app.listen(process.env.PORT)
