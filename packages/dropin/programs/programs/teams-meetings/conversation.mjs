import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  channel.channelId = 'msteams'
  channel.user = { ...channel.user, aadObjectId: 'aad-1' }
  const channelData = { meeting: { id: 'meet-1' }, tenant: { id: 'tenant-1' }, team: { id: 'team-1' } }
  const say = async (/** @type {string} */ text) => {
    const replies = await channel.say({ type: 'message', text, channelData })
    return replies.at(-1)?.text
  }
  channel.answers.set('GET /v1/meetings/meet-1', {
    details: { id: 'meet-1', title: 'Standup' },
    conversation: { id: 'x' },
  })
  equal(await say('info'), 'Standup')
  channel.answers.set('GET /v1/meetings/meet-1/participants/aad-1', {
    user: { id: 'user1' },
    meeting: { role: 'Organizer' },
  })
  equal(await say('participant'), 'Organizer')
  deepEqual(channel.callsTo('GET', '/v1/meetings/meet-1/participants/aad-1')[0]?.query, { tenantId: 'tenant-1' })
  channel.statuses.set('POST /v1/meetings/meet-1/notification', 202)
  channel.answers.set('POST /v1/meetings/meet-1/notification', {})
  await say('notify')
  const [notification] = channel.callsTo('POST', '/v1/meetings/meet-1/notification')
  deepEqual(notification?.body.value.recipients, ['r1'])

  for (const kind of ['users', 'tenant', 'team']) {
    channel.statuses.set(`POST /v3/batch/conversation/${kind}`, 201)
    channel.answers.set(`POST /v3/batch/conversation/${kind}`, { operationId: `op-${kind}` })
    equal(await say(kind), `op-${kind}`)
    const [batch] = channel.callsTo('POST', `/v3/batch/conversation/${kind}`)
    equal(batch?.body.tenantId, 't-1')
    equal(batch?.body.activity.text, 'to many')
  }
  deepEqual(channel.callsTo('POST', '/v3/batch/conversation/users')[0]?.body.members, [{ id: 'm1' }, { id: 'm2' }])
  equal(channel.callsTo('POST', '/v3/batch/conversation/team')[0]?.body.teamId, 'team-1')
  channel.answers.set('GET /v3/batch/conversation/op-1', { state: 'Completed' })
  equal(await say('state'), 'Completed')

  const participants = (/** @type {string} */ name, /** @type {boolean} */ inMeeting) =>
    channel.say({
      type: 'event',
      name: `application/vnd.microsoft.meetingParticipant${name}`,
      value: { members: [{ user: { id: 'u', name: 'Ada' }, meeting: { inMeeting, role: 'Attendee' } }] },
    })
  equal((await participants('Join', true))[0].text, 'Ada came')
  equal((await participants('Leave', false))[0].text, '1 left, in meeting: false')
}
