import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls, waitForOutput }) {
  const [one] = await channel.say('go')
  equal(one.text, 'step 1')
  deepEqual(one.channelData, { number: 1 })
  await channel.say('go')

  const failed = await channel.say('break')
  equal(failed.length, 1)
  equal(failed[0].text, 'Something went wrong.')
  equal(failed[0].inputHint, 'ignoringInput')
  await waitForOutput(/\[onTurnError\] unhandled error: broken at 3/)

  // The state went with the error.
  const [again] = await channel.say('go')
  equal(again.text, 'step 1')
  deepEqual(again.channelData, { number: 4 })

  // Traces are for the emulator only.
  channel.channelId = 'emulator'
  channel.conversationId = 'emulated'
  const [trace, apology] = await channel.say('break')
  equal(trace.type, 'trace')
  equal(trace.name, 'OnTurnError Trace')
  equal(trace.label, 'TurnError')
  equal(trace.value, 'broken at 1')
  equal(trace.valueType, 'https://www.botframework.com/schemas/error')
  equal(apology.text, 'Something went wrong.')

  const invoked = await channel.post({ type: 'invoke', name: 'x' })
  equal(invoked.status, 501)
  const seen = await (await fetch(new URL('/seen', urls[0]))).json()
  deepEqual(seen, [...Array(5).fill('message'), 'invoke'])
}
