import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export const environment = ({ channel }) => ({ OAuthApiEndpoint: channel.url })

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls, waitForOutput }) {
  const base = `/v3/conversations/${channel.conversationId}`
  const [one] = await channel.say('hi')
  equal(one.text, '1: hi')
  equal(one.inputHint, 'acceptingInput')
  equal(one.replyToId, 'a-1')
  equal(channel.calls[0]?.path, `${base}/activities/a-1`)
  equal((await channel.say('ho'))[0].text, '2: ho')

  channel.answers.set(`GET ${base}/members`, [
    { id: 'user1', name: 'User' },
    { id: 'user2', name: 'Other' },
  ])
  equal((await channel.say('members'))[0].text, 'User, Other')

  await channel.say('edit')
  const methods = channel.calls.slice(-3).map(({ method, body }) => [method, body?.text])
  deepEqual(methods, [
    ['POST', 'draft'],
    ['PUT', 'final'],
    ['DELETE', undefined],
  ])

  const [sorry] = await channel.say('fail')
  equal(sorry.text, 'The bot encountered an error or bug.')
  await waitForOutput(/\[onTurnError\] as asked/)

  channel.answers.set('POST /v3/conversations', { id: 'c-new', activityId: 'n-1' })
  const [fresh] = await channel.say('new')
  equal(fresh.text, 'A new one: c-new')
  equal(channel.calls.at(-1)?.path.startsWith('/v3/conversations/c-new/activities'), true)

  equal(await (await fetch(new URL('/api/notify', urls[0]))).text(), '"done"')
  equal(channel.replies()[0].text, 'Still there, User?')

  deepEqual(await channel.invoke('mine', {}), { status: 200, body: { mine: true } })
  equal((await channel.invoke('other', {})).status, 501)
  await waitForOutput(/processActivity rejected: BotFrameworkAdapter.processActivity\(\): 501 ERROR/)
  const malformed = await fetch(urls[0] ?? '', {
    method: 'POST',
    body: '{',
    headers: { 'content-type': 'application/json' },
  })
  equal(malformed.status, 400)
  await waitForOutput(/processActivity\(\): 400 ERROR/)

  const expected = await channel.post({ type: 'message', text: 'now', deliveryMode: 'expectReplies' })
  equal(expected.body.activities.length, 1)
  equal(expected.body.activities[0].text.endsWith(': now'), true)

  // Teams keeps the tenant elsewhere.
  channel.channelId = 'msteams'
  const [hello] = await channel.say({
    type: 'conversationUpdate',
    membersAdded: [channel.user],
    channelData: { tenant: { id: 'tenant-1' } },
  })
  equal(hello.text, 'Hello, tenant-1')
}
