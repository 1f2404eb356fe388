const fs = require('fs')
const os = require('os')
const path = require('path')
const restify = require('restify')
const {
  ActivityHandler,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  FileTranscriptStore,
  MemoryTranscriptStore,
  MessageFactory,
  TranscriptLoggerMiddleware,
} = require('botbuilder')

class CustomLogger {
  constructor() {
    this.conversations = {}
  }

  logActivity(activity) {
    if (!activity) throw new Error('Activity is required.')
    const id = activity.conversation ? activity.conversation.id : activity.id
    const lines = (this.conversations[id] = this.conversations[id] || [])
    lines.push(`${activity.from.role || 'bot'} ${activity.type}: ${activity.text || ''}`.trim())
  }
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'transcripts-'))
const memoryStore = new MemoryTranscriptStore()
const fileStore = new FileTranscriptStore(folder)
const customLogger = new CustomLogger()
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
adapter.use(new TranscriptLoggerMiddleware(memoryStore))
adapter.use(new TranscriptLoggerMiddleware(fileStore))
adapter.use(new TranscriptLoggerMiddleware(customLogger))

class HistoryBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const { channelId, conversation } = context.activity
      if (context.activity.text === '!history') {
        const { items } = await memoryStore.getTranscriptActivities(channelId, conversation.id)
        const past = items.filter(({ type }) => type === ActivityTypes.Message)
        const connector = context.turnState.get(context.adapter.ConnectorClientKey)
        await connector.conversations.sendConversationHistory(conversation.id, { activities: past })
        await context.sendActivity(`${past.length} messages sent again`)
      } else if (context.activity.text === '!edit') {
        const { id } = await context.sendActivity('before')
        await context.updateActivity({ ...MessageFactory.text('after'), id })
        await context.deleteActivity(id)
      } else await context.sendActivity(`heard: ${context.activity.text}`)
      await next()
    })
  }
}

const bot = new HistoryBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.use(restify.plugins.queryParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.get('/transcripts/:store', async (req, res) => {
  const store = { memory: memoryStore, file: fileStore }[req.params.store]
  const { conversation, start } = req.query
  const page = await store.getTranscriptActivities('test', conversation, undefined, start && new Date(start))
  const list = await store.listTranscripts('test')
  const brief = page.items.map(({ type, text, id }) => ({ type, text, id }))
  res.send({ items: brief, token: page.continuationToken, list })
})
server.get('/lines', async (req, res) => res.send(customLogger.conversations))
server.del('/transcripts', async (req, res) => {
  await Promise.all([memoryStore, fileStore].map((store) => store.deleteTranscript('test', req.query.conversation)))
  res.send(204)
})
server.listen(process.env.PORT)
process.on('exit', () => fs.rmSync(folder, { recursive: true }))
