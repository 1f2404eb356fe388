import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  const log = async () => (await fetch(new URL('/log', urls[0]))).json()
  const activities = `/v3/conversations/${channel.conversationId}/activities`

  await channel.say('say hi')
  deepEqual(await log(), ['in message say hi', 'last', 'out message hi r-1 true', 'end true'])

  await channel.say('edit')
  deepEqual(await log(), [
    'in message edit',
    'last',
    'out message first draft r-2 true',
    'update r-2 second draft to user1',
    'end true',
  ])
  const [update] = channel.callsTo('PUT', `${activities}/r-2`)
  equal(update?.body.text, 'second draft')
  equal(update?.body.id, 'r-2')
  equal(update?.body.inputHint, 'acceptingInput')
  deepEqual(update?.body.from, channel.bot)
  deepEqual(update?.body.conversation, { id: channel.conversationId })

  await channel.say('delete')
  const [, , out, ...deletions] = await log()
  equal(out, 'out message gone soon r-4 true')
  deepEqual(deletions, ['delete r-4 by bot1', 'delete by-reference by bot1', 'end true'])
  equal(channel.callsTo('DELETE', `${activities}/r-4`).length, 1)
  equal(channel.callsTo('DELETE', `${activities}/by-reference`).length, 1)

  channel.replies()
  const [censored] = await channel.say('darn it')
  equal(censored.text, 'Not that word, please.')
  deepEqual(await log(), ['in message darn it', 'out message Not that word, please. r-7 true', 'end true'])

  const whispered = await channel.say('whisper')
  deepEqual(
    whispered.map(({ text }) => text),
    ['sent: nothing'],
  )
}
