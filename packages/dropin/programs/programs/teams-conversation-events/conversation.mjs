import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, waitForOutput }) {
  channel.channelId = 'msteams'
  const team = { id: '19:team', name: 'Crew' }
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)
  /** @param {string} eventType @param {any} [more] */
  const update = (eventType, more) =>
    texts({
      type: 'conversationUpdate',
      channelData: { eventType, team, channel: { id: 'x', name: 'Lounge' }, ...more },
    })

  deepEqual(await update('channelCreated'), ['channel Lounge Created in Crew'])
  await waitForOutput(/update: channelCreated/)
  deepEqual(await update('channelDeleted'), ['channel Lounge Deleted in Crew'])
  deepEqual(await update('channelRenamed'), ['channel Lounge Renamed in Crew'])
  deepEqual(await update('channelRestored'), ['channel Lounge Restored in Crew'])
  deepEqual(await update('teamArchived'), ['team Crew Archived'])
  deepEqual(await update('teamDeleted'), ['team Crew Deleted'])
  deepEqual(await update('teamHardDeleted'), ['team Crew HardDeleted'])
  deepEqual(await update('teamRenamed'), ['team Crew Renamed'])
  deepEqual(await update('teamRestored'), ['team Crew Restored'])
  deepEqual(await update('teamUnarchived'), ['team Crew Unarchived'])
  deepEqual(await update('somethingNew'), [])

  // The roster knows more about a member than the activity says.
  const roster = `/v3/conversations/${encodeURIComponent(team.id)}/members/29:ada`
  const answers = { id: '29:ada', name: 'Ada', email: 'ada@example.com', givenName: 'Ada', surname: 'L.' }
  channel.answers.set(`GET ${roster}`, answers)
  channel.answers.set(`GET ${roster.replace('29:', '29%3A')}`, answers)
  deepEqual(
    await texts({
      type: 'conversationUpdate',
      membersAdded: [{ id: '29:ada' }],
      channelData: { eventType: 'teamMemberAdded', team },
    }),
    ['Welcome to Crew, Ada <ada@example.com>'],
  )
  // A member the activity describes is not asked for.
  const bob = { id: '29:bob', name: 'Bob', email: 'bob@example.com' }
  deepEqual(await texts({ type: 'conversationUpdate', membersAdded: [bob], channelData: {} }), [
    'Welcome to the chat, Bob <bob@example.com>',
  ])
  deepEqual(await texts({ type: 'conversationUpdate', membersRemoved: [{ id: '29:ada' }], channelData: { team } }), [
    '29:ada left 19:team',
  ])

  const data = (/** @type {string} */ eventType) => ({ channelData: { eventType, team } })
  deepEqual(await texts({ type: 'messageUpdate', text: 'new', ...data('editMessage') }), ['edited: new'])
  deepEqual(await texts({ type: 'messageUpdate', text: 'back', ...data('undeleteMessage') }), ['undeleted: back'])
  deepEqual(await texts({ type: 'messageDelete', id: 'm-1', ...data('softDeleteMessage') }), ['deleted: m-1'])

  const event = (/** @type {string} */ name, /** @type {any} */ value) =>
    texts({ type: 'event', name: `application/vnd.microsoft.${name}`, value })
  deepEqual(await event('readReceipt', { lastReadMessageId: '1001' }), ['read 1001, 1000 read: true'])
  const meeting = { Id: 'x', JoinUrl: 'https://example.com/join', MeetingType: 'Scheduled', Title: 'Standup' }
  deepEqual(await event('meetingStart', { ...meeting, StartTime: '2026-01-02T09:00:00.0Z' }), [
    'Standup starts 2026-01-02T09:00:00.000Z',
  ])
  deepEqual(await event('meetingEnd', { ...meeting, EndTime: '2026-01-02T09:15:00.0Z' }), [
    'Standup ends 2026-01-02T09:15:00.000Z',
  ])

  deepEqual(await texts({ type: 'installationUpdate', action: 'add' }), ['installed by User'])
  deepEqual(await texts({ type: 'installationUpdate', action: 'remove' }), ['removed'])
  equal(channel.calls.filter(({ method }) => method === 'GET').length, 1)
}
