const fs = require('fs')
const os = require('os')
const path = require('path')
const restify = require('restify')
const {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  TeamsActivityHandler,
} = require('botbuilder')

const FILES_DIR = fs.mkdtempSync(path.join(os.tmpdir(), 'teams-files-'))
fs.writeFileSync(path.join(FILES_DIR, 'teams-logo.txt'), 'T E A M S')
process.on('exit', () => fs.rmSync(FILES_DIR, { recursive: true }))

class TeamsFileUploadBot extends TeamsActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const attachments = context.activity.attachments
      if (attachments && attachments[0].contentType === 'application/vnd.microsoft.teams.file.download.info') {
        const [file] = attachments
        const response = await fetch(file.content.downloadUrl)
        fs.writeFileSync(path.join(FILES_DIR, file.name), Buffer.from(await response.arrayBuffer()))
        const reply = MessageFactory.text(`<b>${file.name}</b> received and saved.`)
        reply.textFormat = 'xml'
        await context.sendActivity(reply)
      } else {
        const filename = 'teams-logo.txt'
        const stats = fs.statSync(path.join(FILES_DIR, filename))
        await this.sendFileCard(context, filename, stats.size)
      }
      await next()
    })
  }

  async sendFileCard(context, filename, filesize) {
    const consentContext = { filename }
    const fileCard = {
      description: 'This is the file I want to send you',
      sizeInBytes: filesize,
      acceptContext: consentContext,
      declineContext: consentContext,
    }
    const asAttachment = {
      content: fileCard,
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name: filename,
    }
    await context.sendActivity({ attachments: [asAttachment] })
  }

  async handleTeamsFileConsentAccept(context, fileConsentCardResponse) {
    try {
      const content = fs.readFileSync(path.join(FILES_DIR, fileConsentCardResponse.context.filename))
      const response = await fetch(fileConsentCardResponse.uploadInfo.uploadUrl, {
        method: 'PUT',
        headers: {
          'Content-Type': 'application/octet-stream',
          'Content-Range': `bytes 0-${content.length - 1}/${content.length}`,
        },
        body: content,
      })
      if (!response.ok) throw new Error(`the upload answered ${response.status}`)
      await this.fileUploadCompleted(context, fileConsentCardResponse)
    } catch (error) {
      const reply = MessageFactory.text(`<b>File upload failed.</b> Error: <pre>${error.message}</pre>`)
      reply.textFormat = 'xml'
      await context.sendActivity(reply)
    }
  }

  async handleTeamsFileConsentDecline(context, fileConsentCardResponse) {
    await context.sendActivity(`Declined. We won't upload file <b>${fileConsentCardResponse.context.filename}</b>.`)
  }

  async fileUploadCompleted(context, { uploadInfo }) {
    const downloadCard = { uniqueId: uploadInfo.uniqueId, fileType: uploadInfo.fileType }
    const asAttachment = {
      content: downloadCard,
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      name: uploadInfo.name,
      contentUrl: uploadInfo.contentUrl,
    }
    const reply = MessageFactory.text('<b>File upload completed.</b>')
    reply.textFormat = 'xml'
    reply.attachments = [asAttachment]
    await context.sendActivity(reply)
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const bot = new TeamsFileUploadBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
