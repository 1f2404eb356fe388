import { deepEqual, equal, match } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  channel.answers.set('GET /files/note.txt', 'a note of the user')
  channel.statuses.set('GET /files/gone.txt', 404)
  const incoming = await channel.say({
    type: 'message',
    attachments: [
      { contentType: 'text/plain', contentUrl: `${channel.url}files/note.txt`, name: 'note.txt' },
      { contentType: 'text/plain', contentUrl: `${channel.url}files/gone.txt`, name: 'gone.txt' },
    ],
  })
  deepEqual(
    incoming.map(({ text }) => text),
    ['Attachment "note.txt" has been received and saved, 18 bytes.', 'Attachment was not successfully saved to disk.'],
  )
  equal(channel.callsTo('GET', '/files/note.txt').length, 1)

  const [choices] = await channel.say('hello')
  equal(choices.attachments[0].content.text, 'Select one.')
  equal(choices.attachments[0].content.buttons.length, 3)

  const [inline] = await channel.say('1')
  equal(inline.text, 'This is an inline attachment.')
  match(inline.attachments[0].contentUrl, /^data:image\/png;base64,iVBOR/)

  const [internet] = await channel.say('2')
  deepEqual(internet.attachments, [
    { name: 'a.png', contentType: 'image/png', contentUrl: 'https://example.com/a.png' },
  ])

  const uploads = `/v3/conversations/${channel.conversationId}/attachments`
  channel.answers.set(`POST ${uploads}`, { id: 'up 1' })
  const [uploaded] = await channel.say('3')
  const [upload] = channel.callsTo('POST', uploads)
  equal(upload?.body.name, 'pixel.png')
  equal(upload?.body.type, 'image/png')
  match(upload?.body.originalBase64, /^iVBORw0KGgo/)
  equal(uploaded.attachments[0].contentUrl, `${channel.url}v3/attachments/up%201/views/original`)
}
