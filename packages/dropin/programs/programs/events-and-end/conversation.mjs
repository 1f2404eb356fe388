import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, output, waitForOutput }) {
  const [joined] = await channel.say({ type: 'event', name: 'webchat/join', value: { page: 'home' } })
  equal(joined.text, 'Welcome from home')
  await waitForOutput(/turn > event > dialog/)
  const [token] = await channel.say({ type: 'event', name: 'tokens/response', value: { token: 'abc' } })
  equal(token.text, 'token abc')
  await waitForOutput(/turn > event > token > dialog/)

  const [end] = await channel.say('end')
  equal(end.type, 'endOfConversation')
  equal(end.code, 'completedSuccessfully')
  deepEqual(end.value, { turns: 3 })
  equal(end.inputHint, undefined)
  await waitForOutput(/turn > message 1 > message 2 > dialog/)

  const [event] = await channel.say('event')
  equal(event.type, 'event')
  equal(event.name, 'changeColor')
  deepEqual(event.value, { color: 'blue' })

  const [handoff] = await channel.say('human')
  equal(handoff.type, 'event')
  equal(handoff.name, 'handoff.initiate')
  deepEqual(handoff.value, { skill: 'billing' })
  deepEqual(handoff.attachments, [{ content: { activities: [] }, contentType: 'application/json', name: 'Transcript' }])

  const before = output().split('dialog').length
  deepEqual(await channel.say('stop here'), [])
  equal(output().split('dialog').length, before)

  await channel.say({ type: 'endOfConversation', code: 'userCancelled', value: [1] })
  await waitForOutput(/ended: userCancelled \[1\]/)
  await channel.say({ type: 'typing' })
  await waitForOutput(/they type/)
  const [result] = await channel.say({ type: 'command', name: 'application/x', value: { commandId: 'c-1' } })
  equal(result.type, 'commandResult')
  deepEqual(result.value, { commandId: 'c-1', data: 'done' })
  const [what] = await channel.say({ type: 'somethingNew' })
  equal(what.text, 'What is somethingNew?')
}
