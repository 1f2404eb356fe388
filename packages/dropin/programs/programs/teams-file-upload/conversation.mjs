import { deepEqual, equal, match } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  channel.channelId = 'msteams'
  const [offer] = await channel.say('send me a file')
  const [consent] = offer.attachments
  equal(consent.contentType, 'application/vnd.microsoft.teams.card.file.consent')
  equal(consent.name, 'teams-logo.txt')
  equal(consent.content.sizeInBytes, 9)

  const uploadInfo = {
    name: 'teams-logo.txt',
    uploadUrl: `${channel.url}drive/upload`,
    contentUrl: 'https://example.com/drive/teams-logo.txt',
    uniqueId: 'u-1',
    fileType: 'txt',
  }
  const accepted = { action: 'accept', context: consent.content.acceptContext, uploadInfo }
  equal((await channel.invoke('fileConsent/invoke', accepted)).status, 200)
  const [upload] = channel.callsTo('PUT', '/drive/upload')
  equal(upload?.body, 'T E A M S')
  equal(upload?.headers['content-range'], 'bytes 0-8/9')
  const [done] = channel.replies()
  equal(done.text, '<b>File upload completed.</b>')
  equal(done.textFormat, 'xml')
  deepEqual(done.attachments, [
    {
      content: { uniqueId: 'u-1', fileType: 'txt' },
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      name: 'teams-logo.txt',
      contentUrl: 'https://example.com/drive/teams-logo.txt',
    },
  ])

  channel.statuses.set('PUT /drive/upload', 507)
  await channel.invoke('fileConsent/invoke', accepted)
  match(channel.replies()[0].text, /the upload answered 507/)

  const declined = { action: 'decline', context: consent.content.declineContext }
  equal((await channel.invoke('fileConsent/invoke', declined)).status, 200)
  equal(channel.replies()[0].text, "Declined. We won't upload file <b>teams-logo.txt</b>.")
  equal((await channel.invoke('fileConsent/invoke', { action: 'perhaps' })).status, 400)

  channel.answers.set('GET /files/mine.txt', 'hello')
  const [received] = await channel.say({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name: 'mine.txt',
        content: { downloadUrl: `${channel.url}files/mine.txt`, uniqueId: 'u-2', fileType: 'txt' },
      },
    ],
  })
  equal(received.text, '<b>mine.txt</b> received and saved.')
}
