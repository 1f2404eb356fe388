import { deepEqual, equal } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  /** @param {string} path @param {RequestInit} [init] */
  const ask = (path, init) => fetch(new URL(path, urls[0]), init)
  const read = async (/** @type {string} */ store) => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const page = await (await ask(`/transcripts/${store}?conversation=${channel.conversationId}`)).json()
      // The loggers write without being waited for.
      if (page.items.length === 7 || attempt === 19) return page
      await sleep(20)
    }
  }
  await channel.join()
  await channel.say('one')
  await channel.say('!edit')

  const expected = [
    ['conversationUpdate', undefined],
    ['message', 'one'],
    ['message', 'heard: one'],
    ['message', '!edit'],
    ['message', 'before'],
    ['messageUpdate', 'after'],
    ['messageDelete', undefined],
  ]
  /** @param {any[]} items */
  const brief = (items) => items.map(({ type, text }) => [type, text])
  const memory = await read('memory')
  deepEqual(brief(memory.items), expected)
  deepEqual(memory.items[2].id, 'r-1')
  deepEqual(
    memory.list.items.map((/** @type {any} */ { id, channelId }) => [channelId, id]),
    [['test', channel.conversationId]],
  )
  const file = await read('file')
  deepEqual(brief(file.items).map(String).sort(), expected.map(String).sort())
  equal(file.list.items[0].id, channel.conversationId)

  channel.replies()
  await channel.say('!history')
  const [history] = channel.callsTo('POST', `/v3/conversations/${channel.conversationId}/activities/history`)
  deepEqual(
    history?.body.activities.map((/** @type {any} */ { text }) => text),
    ['one', 'heard: one', '!edit', 'before'],
  )

  const lines = await (await ask('/lines')).json()
  deepEqual(lines[channel.conversationId].slice(0, 3), [
    'user conversationUpdate:',
    'user message: one',
    'bot message: heard: one',
  ])

  await ask(`/transcripts?conversation=${channel.conversationId}`, { method: 'DELETE' })
  const emptied = await (await ask(`/transcripts/memory?conversation=${channel.conversationId}`)).json()
  deepEqual(emptied.items, [])
  deepEqual(emptied.list.items, [])
}
