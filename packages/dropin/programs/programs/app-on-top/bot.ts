import { createServer } from 'node:http'
import { CardFactory, MemoryStorage, type Response } from 'botbuilder'
import { AppAdapter, Application } from './application.js'

interface State {
  conversation: { count?: number }
}

const adapter = new AppAdapter('')
adapter.onTurnError = async (context, error) => {
  await context.sendActivity(`Failed: ${error.message}`)
}
const app = new Application<State>(adapter, new MemoryStorage())

app
  .message('/reset', async (context, state) => {
    state.conversation.count = 0
    await context.sendActivity('Reset.')
  })
  .message('/later', async (context) => {
    const id = await app.sendProactiveActivity(context, { attachments: [CardFactory.heroCard('Later')] })
    await context.sendActivity(`Sent as ${id}`)
  })
  .message(/./, async (context, state) => {
    state.conversation.count = (state.conversation.count ?? 0) + 1
    await context.sendActivity(`${state.conversation.count}: ${context.activity.text}`)
  })
  .taskFetch('form', async (_context, { conversation }) => ({
    task: { type: 'message', value: `count is ${conversation.count}` },
  }))

createServer(async (req, res) => {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  const response: Response = {
    socket: req.socket,
    end: () => res.end(),
    header: (name, value) => res.setHeader(name, value as string),
    send: (body) => res.write(JSON.stringify(body)),
    status: (code) => (res.statusCode = code),
  }
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  await adapter.process({ body, headers: req.headers, method: req.method }, response, async (context) => {
    await app.run(context)
  })
}).listen(process.env['PORT'])
