// @ts-nocheck Its packages are not installed here.
// A bot on the packages of SDK v4, with the settings it has in the environment. It is copied to where they are installed.
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, TurnContext } = require('botbuilder')
const express = require('express')

const { MicrosoftAppId, CREDENTIALS } = process.env
const factory = CREDENTIALS ? require(CREDENTIALS).localCredentials(process.env) : undefined
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env, factory))
adapter.onTurnError = async (context, error) => {
  process.stderr.write(`${error.errorCode ?? ''} ${error.stack}\n`)
  await context.sendActivity(`Sorry: ${error.message}`)
}

let reference

const answers = {
  async change(context) {
    const { id } = await context.sendActivity('before')
    await context.updateActivity({ type: 'message', id, text: 'after' })
  },
  async 'take back'(context) {
    const { id } = await context.sendActivity('a mistake')
    await context.deleteActivity(id)
  },
  async token(context) {
    const { from, channelId } = context.activity
    const client = context.turnState.get(context.adapter.UserTokenClientKey)
    const { token } = (await client.getUserToken(from.id, 'local', channelId)) ?? {}
    const claims = token && JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
    await context.sendActivity(claims ? `You are ${claims.upn}` : 'Who are you?')
  },
}

const bot = new ActivityHandler().onMessage(async (context, next) => {
  const { text } = context.activity
  reference = TurnContext.getConversationReference(context.activity)
  if (answers[text]) await answers[text](context)
  else await context.sendActivity(`Echo: ${text}`)
  await next()
})

const server = express()
server.use(express.json())
server.post('/api/messages', (request, response) => adapter.process(request, response, (context) => bot.run(context)))
server.get('/notify', async (_, response) => {
  await adapter.continueConversationAsync(MicrosoftAppId ?? '', reference, (context) => context.sendActivity('News!'))
  response.end()
})
const listening = server.listen(0, '127.0.0.1', () => process.stdout.write(`port ${listening.address().port}\n`))
