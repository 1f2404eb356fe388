import { createRequire } from 'node:module'
import express from 'express'
import bundle, { ActivityHandler, CloudAdapter, TeamsActivityHandler, TurnContext } from 'botbuilder'
import * as core from 'botbuilder-core'
import { ConnectorClient, JwtTokenValidation, MicrosoftAppCredentials } from 'botframework-connector'
import { ActivityTypes, Channels } from 'botframework-schema'
import { StreamingRequest } from 'botframework-streaming'
import { delay } from 'botbuilder-stdlib'

const require = createRequire(import.meta.url)
const packages = ['botbuilder', 'botbuilder-core', 'botframework-connector', 'botframework-schema', 'botbuilder-stdlib']

const named = { ConnectorClient, JwtTokenValidation, MicrosoftAppCredentials, StreamingRequest, delay, TurnContext }
const identities = {
  bundle: bundle.ActivityHandler === ActivityHandler,
  core: core.ActivityHandler === ActivityHandler,
  required: require('botbuilder').ActivityHandler === ActivityHandler,
  dynamic: (await import('botbuilder')).TeamsActivityHandler === TeamsActivityHandler,
  schema: bundle.ActivityTypes === ActivityTypes && core.Channels === Channels,
  inherits: TeamsActivityHandler.prototype instanceof core.ActivityHandler,
}

const adapter = new CloudAdapter(new core.ConfigurationBotFrameworkAuthentication({}))
const app = express()
app.use(express.json())
app.get('/names', async (_req, res) => {
  const names = {}
  for (const name of packages) {
    names[name] = { required: Object.keys(require(name)), imported: Object.keys(await import(name)) }
  }
  res.json(names)
})
app.get('/identities', (_req, res) =>
  res.json({ ...identities, missing: Object.keys(named).filter((key) => !named[key]) }),
)
app.post('/api/messages', (req, res) =>
  adapter.process(req, res, async (context) => {
    await context.sendActivity(`${context instanceof TurnContext} ${context instanceof core.TurnContext}`)
  }),
)
app.listen(process.env.PORT)
