const http = require('http')
const {
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  SetSpeakMiddleware,
  SkypeMentionNormalizeMiddleware,
} = require('botbuilder')

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
adapter.use(new SetSpeakMiddleware('en-US-JennyNeural', true))
adapter.use(new SkypeMentionNormalizeMiddleware())

async function logic(context) {
  if (context.activity.type !== ActivityTypes.Message) return
  await context.sendActivity(`hear & speak ${context.activity.text}`)
  await context.sendActivity('written', 'spoken')
  await context.sendActivity({ type: 'event', name: 'quiet' })
}

/** The least that the adapter needs of a response. */
class BareResponse {
  constructor(response) {
    this.response = response
    this.socket = response.socket
  }
  status(code) {
    this.response.statusCode = code
  }
  header(name, value) {
    this.response.setHeader(name, value)
  }
  send(body) {
    this.response.write(JSON.stringify(body))
  }
  end() {
    this.response.end()
  }
}

http
  .createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
      if (body.length > 1e6) request.destroy()
    })
    request.on('end', () => {
      let parsed
      try {
        parsed = JSON.parse(body)
      } catch {
        parsed = undefined
      }
      const { headers, method } = request
      adapter.process({ headers, method, body: parsed }, new BareResponse(response), logic).catch(console.error)
    })
  })
  .listen(process.env.PORT)
