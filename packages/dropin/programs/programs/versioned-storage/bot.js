const express = require('express')
const {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
} = require('botbuilder')

/** Counts what the SDK reads and writes. */
class WatchedStorage {
  constructor() {
    this.inner = new MemoryStorage()
    this.log = []
  }

  async read(keys) {
    this.log.push(`read ${keys.length}`)
    return this.inner.read(keys)
  }

  async write(changes) {
    this.log.push(`write ${Object.values(changes).map(({ eTag }) => eTag)}`)
    return this.inner.write(changes)
  }

  async delete(keys) {
    this.log.push(`delete ${keys.length}`)
    return this.inner.delete(keys)
  }
}

const storage = new WatchedStorage()
const state = new ConversationState(storage)
const property = state.createProperty('value')

async function onTurn(context) {
  const [command, value] = (context.activity.text || '').split(' ')
  const commands = {
    set: () => property.set(context, value),
    get: () => property.get(context, 'default'),
    peek: async () => JSON.stringify(state.get(context)),
    load: async () => (await state.load(context)).value,
    force: async () => state.saveChanges(context, true),
    clear: () => state.clear(context),
    async stale() {
      await storage.write({ doc: { text: 'one', eTag: '*' } })
      const { doc } = await storage.read(['doc'])
      await storage.write({ doc: { ...doc, text: 'two' } })
      return storage.write({ doc: { ...doc, text: 'three' } }).catch((error) => error.message)
    },
    nothing: () => storage.inner.read(undefined).catch((error) => `${error.name}: ${error.message}`),
  }
  const result = await commands[command]()
  await state.saveChanges(context)
  await context.sendActivity({ type: 'message', text: String(result), value: storage.log.splice(0) })
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, onTurn))
app.listen(process.env.PORT)
