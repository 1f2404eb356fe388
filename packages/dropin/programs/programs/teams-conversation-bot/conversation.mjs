import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  channel.channelId = 'msteams'
  channel.conversationId = 'a:1x'
  const base = `/v3/conversations/${encodeURIComponent(channel.conversationId)}`
  const channelData = { tenant: { id: 'tenant-1' } }
  const entities = [{ type: 'mention', mentioned: channel.bot, text: '<at>Bot</at>' }]
  /** @param {string} text @param {any} [more] */
  const say = (text, more) => channel.say({ type: 'message', text, channelData, ...more })

  const [welcome] = await say('<at>Bot</at> hello', { entities })
  const buttons = welcome.attachments[0].content.buttons
  deepEqual(buttons[2], { type: 'messageBack', title: 'Update Card', value: { count: 0 }, text: 'UpdateCardAction' })

  await say(buttons[2].text, { value: buttons[2].value, replyToId: 'card-1' })
  const [update] = channel.callsTo('PUT', `${base}/activities/card-1`)
  equal(update?.body.id, 'card-1')
  equal(update?.body.attachments[0].content.text, 'Update count: 1')
  await say('Delete', { replyToId: 'card-1' })
  equal(channel.callsTo('DELETE', `${base}/activities/card-1`).length, 1)

  const [mention] = await say('<at>Bot</at> mention me', { entities })
  equal(mention.text, 'Hi <at>User</at>')
  deepEqual(mention.entities, [{ mentioned: channel.user, text: '<at>User</at>', type: 'mention' }])

  const ada = { id: 'user1', name: 'Ada', userPrincipalName: 'ada@example.com', givenName: 'Ada', surname: 'L' }
  channel.answers.set(`GET ${base}/members/user1`, ada)
  equal((await say('who am i'))[0].text, 'You are: Ada, ada@example.com')
  channel.statuses.set(`GET ${base}/members/user1`, 404)
  channel.answers.set(`GET ${base}/members/user1`, {
    error: { code: 'MemberNotFoundInConversation', message: 'No such member.' },
  })
  equal((await say('who am i'))[0].text, 'Member not found. (404)')
  channel.statuses.set(`GET ${base}/members/user1`, 403)
  channel.answers.set(`GET ${base}/members/user1`, {
    error: { code: 'BotDisabledByAdmin', message: 'The admin said no.' },
  })
  equal((await say('who am i'))[0].text, 'Sorry: The admin said no.')

  channel.answers.set(`GET ${base}/pagedmembers`, ({ query }) =>
    query.continuationToken
      ? { members: [{ id: 'user3', name: 'Cy', givenName: 'Cy', surname: 'N' }] }
      : { members: [ada, { id: 'user2', name: 'Bo', givenName: 'Bo', surname: 'M' }], continuationToken: 'more' },
  )
  channel.answers.set('POST /v3/conversations', ({ body }) => ({ id: `with-${body.members[0].id}`, activityId: 'x' }))
  const sent = await say('message everybody')
  deepEqual(
    sent.map(({ text, conversation }) => [conversation.id, text]),
    [
      ['with-user1', 'Hello Ada L.'],
      ['with-user2', 'Hello Bo M.'],
      ['with-user3', 'Hello Cy N.'],
      ['a:1x', 'All 3 messages have been sent.'],
    ],
  )
  deepEqual(
    channel.callsTo('GET', `${base}/pagedmembers`).map(({ query }) => query),
    [{ pageSize: '2' }, { pageSize: '2', continuationToken: 'more' }],
  )
  const [created] = channel.callsTo('POST', '/v3/conversations')
  equal(created?.body.tenantId, 'tenant-1')
  equal(created?.body.members[0].id, 'user1')

  const team = { id: '19:team' }
  channel.answers.set('GET /v3/teams/19%3Ateam', { id: '19:team', name: 'Crew', aadGroupId: 'g' })
  channel.answers.set('GET /v3/teams/19%3Ateam/conversations', {
    conversations: [{ id: '19:team' }, { id: '19:fun', name: 'Fun' }],
  })
  const [described] = await say('describe team', { channelData: { ...channelData, team } })
  equal(described.text, 'Crew (19:team, tenant-1): General, Fun')
}
