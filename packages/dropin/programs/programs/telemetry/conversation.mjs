import { deepEqual, equal } from 'node:assert/strict'

export const environment = () => ({ LOG_PII: 'yes' })

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  const tracked = async () => (await fetch(new URL('/tracked', urls[0]))).json()
  await channel.say('hello')
  const [received, mine, sent] = await tracked()
  equal(received.name, 'BotMessageReceived')
  deepEqual(received.properties, {
    type: 'message',
    fromId: 'user1',
    fromName: 'User',
    activityId: 'a-1',
    conversationId: channel.conversationId,
    conversationName: '',
    recipientId: 'bot1',
    recipientName: 'Bot',
    locale: 'en-US',
    text: 'hello',
    length: '5',
  })
  deepEqual(mine, { name: 'mine', properties: { same: 'true' } })
  equal(sent.name, 'BotMessageSend')
  equal(sent.properties.text, 'answer')
  equal(sent.properties.speak, 'spoken')
  equal(sent.properties.replyActivityId, 'a-1')
  equal(sent.properties.recipientId, 'user1')

  await channel.say('edit')
  deepEqual(
    (await tracked()).map((/** @type {any} */ { name }) => name),
    ['BotMessageReceived', 'mine', 'BotMessageSend', 'BotMessageUpdate', 'BotMessageDelete'],
  )
  await channel.say({ type: 'typing' })
  deepEqual(await tracked(), [])

  channel.channelId = 'msteams'
  channel.user = { ...channel.user, aadObjectId: 'aad-1' }
  await channel.say({ type: 'message', text: 'x', channelData: { tenant: { id: 't' }, team: { id: 'tm' } } })
  const [teams] = await tracked()
  equal(teams.properties.TeamsUserAadObjectId, 'aad-1')
  equal(teams.properties.TeamsTenantId, 't')
  deepEqual(JSON.parse(teams.properties.TeamsTeamInfo), { id: 'tm' })
}
