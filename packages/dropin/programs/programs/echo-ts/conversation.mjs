import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, waitForOutput }) {
  const [welcome] = await channel.join()
  equal(welcome.text, 'Hello and welcome!')
  equal(welcome.speak, 'Hello and welcome!')
  const [reply] = await channel.say('typed')
  equal(reply.text, 'Echo: typed')
  equal(reply.inputHint, 'acceptingInput')
  deepEqual(await channel.post({ type: 'invoke', name: 'nothing/known' }), { status: 501, body: undefined })

  const path = `/v3/conversations/${channel.conversationId}/activities/a-4`
  channel.answers.set(`POST ${path}`, {})
  const [unnumbered, apology] = await channel.say('no id')
  equal(unnumbered.text, 'Echo: no id')
  equal(apology.text, 'The bot encountered an error or bug.')
  await waitForOutput(/unhandled error: The channel gave no id\./)
}
