import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  channel.channelId = 'msteams'
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)
  deepEqual(await texts({ type: 'message', text: 'hi', channelData: { tenant: { id: 't' } } }), ['<at>User</at> 1 t'])
  const members = [
    { id: 'a', name: 'Ada' },
    { id: 'b', name: 'Bo' },
  ]
  channel.answers.set(`GET /v3/conversations/${channel.conversationId}/pagedmembers`, { members })
  deepEqual(await texts('members'), ['<at>User</at> 2 none', 'Ada,Bo'])

  const query = { commandId: 'q', parameters: [{ name: 'q', value: 'tea' }] }
  const found = await channel.invoke('composeExtension/query', query)
  equal(found.body.composeExtension.attachments[0].preview.content.title, 'tea')
  equal((await channel.invoke('composeExtension/fetchTask', { commandId: 'c' })).body.task.value, 'c')
  const link = await channel.invoke('composeExtension/queryLink', { url: 'https://example.com' })
  equal(link.body.composeExtension.attachments[0].content.buttons[0].value, 'https://example.com')
  equal((await channel.invoke('task/fetch', { data: 'x' })).body.task.value.url, 'https://example.com/x')
  const action = { action: { type: 'Action.Execute', verb: 'go' } }
  equal((await channel.invoke('adaptiveCard/action', action)).body.value.verb, 'go')
  deepEqual((await channel.invoke('own')).body, { own: true })
  await channel.invoke('signin/verifyState', { state: '1' })
  deepEqual(
    channel.replies().map(({ text }) => text),
    ['state 1'],
  )

  const [{ value }] = await channel.say('inspect')
  deepEqual(value.counts, { sent: 12, updated: 0, deleted: 0 })
  equal(value.base, 'function')
  equal(value.started, true)
  equal(value.lines[0], 'message:user')
  equal(value.events[0], 'BotMessageReceived')
}
