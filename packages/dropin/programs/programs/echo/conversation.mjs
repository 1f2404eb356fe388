import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const [welcome] = await channel.join()
  equal(welcome.text, 'Hello and welcome!')
  const [reply] = await channel.say('hi')
  equal(reply.text, 'Echo: hi')
  equal(reply.speak, 'Echo: hi')
  equal(reply.inputHint, 'acceptingInput')
  deepEqual(reply.recipient, channel.user)
  deepEqual(await channel.join([channel.bot]), [])
}
