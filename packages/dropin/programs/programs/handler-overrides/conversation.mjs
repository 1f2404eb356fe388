import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls: [url = ''] }) {
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)
  const members = [channel.bot, channel.user]

  channel.botUrl = `${url}?bot=plain`
  deepEqual(await texts('x'), ['plain x'])
  deepEqual(await texts({ type: 'conversationUpdate', membersAdded: members }), ['added bot1,user1'])
  deepEqual(await texts({ type: 'conversationUpdate', membersAdded: [channel.bot] }), [])
  deepEqual(await texts({ type: 'conversationUpdate', membersRemoved: members }), ['removed 2'])
  deepEqual(await texts({ type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }), ['reactions like'])
  deepEqual(await texts({ type: 'event', name: 'e' }), ['event e'])
  deepEqual(await texts({ type: 'installationUpdate', action: 'add-upgrade' }), ['installed add-upgrade'])
  deepEqual(await texts({ type: 'odd' }), ['unrecognized odd'])

  channel.botUrl = `${url}?bot=overriding`
  deepEqual(await texts('x'), ['before', 'handler', 'dialog', 'after'])
  deepEqual(await texts('custom'), ['before', 'custom', 'dialog', 'after'])
  deepEqual(await texts({ type: 'event', name: 'mine' }), ['before', 'dispatched', 'after'])
  deepEqual(await texts({ type: 'event', name: 'other' }), ['before', 'dialog', 'after'])

  channel.botUrl = `${url}?bot=teams`
  channel.channelId = 'msteams'
  const update = (/** @type {any} */ more) => texts({ type: 'conversationUpdate', ...more })
  const team = { id: '19:t' }
  deepEqual(await update({ channelData: { eventType: 'channelRenamed', channel: { id: 'c' }, team } }), [
    'update channelRenamed',
    'renamed',
  ])
  const ada = { id: '29:a', name: 'Ada', email: 'a@example.com' }
  deepEqual(await update({ membersAdded: [ada], channelData: { eventType: 'teamMemberAdded', team } }), [
    'update teamMemberAdded',
    'teams members 1',
  ])
  equal((await channel.invoke('task/fetch', {})).status, 400)

  deepEqual(await (await fetch(new URL('/direct', url))).json(), [
    'Missing TurnContext parameter',
    'TurnContext does not include an activity',
    'Activity is missing its type',
  ])
}
