const fs = require('fs')
const os = require('os')
const path = require('path')
const restify = require('restify')
const { ActivityHandler, CardFactory, CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder')

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAwS2OUAAAAABJRU5ErkJggg==',
  'base64',
)

class AttachmentsBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const { attachments } = context.activity
      if (attachments && attachments.length > 0) await this.handleIncoming(context)
      else await this.handleOutgoing(context)
      await next()
    })
  }

  async handleIncoming(turnContext) {
    const saved = await Promise.all(turnContext.activity.attachments.map((attachment) => this.download(attachment)))
    for (const file of saved.filter(Boolean)) {
      await turnContext.sendActivity(`Attachment "${file.name}" has been received and saved, ${file.size} bytes.`)
    }
    if (saved.some((file) => !file)) await turnContext.sendActivity('Attachment was not successfully saved to disk.')
  }

  async download(attachment) {
    const response = await fetch(attachment.contentUrl)
    if (!response.ok) return undefined
    const data = Buffer.from(await response.arrayBuffer())
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'attachments-'))
    fs.writeFileSync(path.join(folder, attachment.name), data)
    fs.rmSync(folder, { recursive: true })
    return { name: attachment.name, size: data.length }
  }

  async handleOutgoing(turnContext) {
    const reply = { type: 'message' }
    switch (turnContext.activity.text[0]) {
      case '1':
        reply.text = 'This is an inline attachment.'
        reply.attachments = [
          {
            name: 'pixel.png',
            contentType: 'image/png',
            contentUrl: `data:image/png;base64,${pixel.toString('base64')}`,
          },
        ]
        break
      case '2':
        reply.text = 'This is an attachment from the internet.'
        reply.attachments = [{ name: 'a.png', contentType: 'image/png', contentUrl: 'https://example.com/a.png' }]
        break
      case '3':
        reply.text = 'This is an uploaded attachment.'
        reply.attachments = [await this.upload(turnContext)]
        break
      default: {
        const buttons = [
          { type: 'imBack', title: '1. Inline', value: '1' },
          { type: 'imBack', title: '2. Internet', value: '2' },
          { type: 'imBack', title: '3. Uploaded', value: '3' },
        ]
        reply.attachments = [CardFactory.heroCard('', undefined, buttons, { text: 'Select one.' })]
      }
    }
    await turnContext.sendActivity(reply)
  }

  async upload(turnContext) {
    const connector = turnContext.turnState.get(turnContext.adapter.ConnectorClientKey)
    const conversationId = turnContext.activity.conversation.id
    const response = await connector.conversations.uploadAttachment(conversationId, {
      name: 'pixel.png',
      originalBase64: new Uint8Array(pixel),
      type: 'image/png',
    })
    const baseUri = connector.baseUri
    const attachmentUri = `${baseUri}${baseUri.endsWith('/') ? '' : '/'}v3/attachments/${encodeURI(response.id)}/views/original`
    return { name: 'pixel.png', contentType: 'image/png', contentUrl: attachmentUri }
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const bot = new AttachmentsBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
