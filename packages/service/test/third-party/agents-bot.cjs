// @ts-nocheck Its packages are not installed here.
// A bot on the Agents SDK, with the settings it has in the environment. It is copied to where the packages are installed.
const { ActivityHandler, CloudAdapter, authorizeJWT, getAuthConfigWithDefaults } = require('@microsoft/agents-hosting')
const express = require('express')

const { APP_ID, SECRET, TENANT, SERVICE, CONNECTIONS } = process.env

const settings = APP_ID
  ? getAuthConfigWithDefaults({
      clientId: APP_ID,
      clientSecret: SECRET,
      tenantId: TENANT,
      authority: SERVICE,
      issuers: [`https://sts.windows.net/${TENANT}/`],
      validateIssuer: true,
    })
  : {}
const adapter = new CloudAdapter(settings)
if (CONNECTIONS) adapter.connectionManager = require(CONNECTIONS).localConnections(settings)
adapter.onTurnError = async (_, error) => process.stderr.write(`${error.stack}\n`)

const bot = new ActivityHandler()
bot.onMessage(async (context, next) => {
  await context.sendActivity(`Echo: ${context.activity.text}`)
  await next()
})

const server = express()
server.use(express.json())
server.post('/api/messages', authorizeJWT(settings), (request, response) =>
  adapter.process(request, response, (context) => bot.run(context)),
)
const listening = server.listen(0, '127.0.0.1', () => process.stdout.write(`port ${listening.address().port}\n`))
