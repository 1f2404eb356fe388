const express = require('express')
const {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  NullTelemetryClient,
  TelemetryLoggerMiddleware,
  TeamsActivityHandler,
} = require('botbuilder')

const tracked = []

class ListTelemetryClient extends NullTelemetryClient {
  trackEvent({ name, properties, metrics }) {
    tracked.push({ name, properties, metrics })
  }
  flush() {
    tracked.push({ name: 'flushed' })
  }
}

class TrimmedLogger extends TelemetryLoggerMiddleware {
  async fillReceiveEventProperties(activity, telemetryProperties) {
    const properties = await super.fillReceiveEventProperties(activity, telemetryProperties)
    properties.length = String((activity.text || '').length)
    return properties
  }
  async onReceiveActivity(activity) {
    if (activity.type === 'typing') return
    await super.onReceiveActivity(activity)
  }
}

const client = new ListTelemetryClient()
const logsPersonalInformation = process.env.LOG_PII === 'yes'
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
adapter.use(new TrimmedLogger(client, logsPersonalInformation))

class TrackedBot extends TeamsActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const inTurn = context.turnState.get('telemetryClient')
      inTurn.trackEvent({ name: 'mine', properties: { same: String(inTurn === client) } })
      const { id } = await context.sendActivity(MessageFactory.text('answer', 'spoken'))
      if (context.activity.text === 'edit') {
        await context.updateActivity({ ...MessageFactory.text('edited'), id })
        await context.deleteActivity(id)
      }
      await next()
    })
  }
}

const bot = new TrackedBot()
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.get('/tracked', (_req, res) => res.json(tracked.splice(0)))
app.listen(process.env.PORT)
