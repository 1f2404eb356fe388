import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, waitForOutput }) {
  const talk = async (/** @type {string} */ text, count = 1) => {
    equal((await channel.post({ type: 'message', text })).status, 202)
    return channel.waitForReplies(count)
  }
  await channel.post({ type: 'conversationUpdate', membersAdded: [channel.user] })
  equal((await channel.waitForReplies(1))[0].text, 'Welcome, User')
  await waitForOutput(/sent 1/)
  equal((await talk('hi'))[0].text, 'Your name?')
  equal((await talk('Ada'))[0].text, 'How many nights?')
  equal(
    (await talk('0'))[0].text,
    'The number you entered was below the minimum allowed value of 1. Please enter a valid number.',
  )
  const [booked] = await talk('3')
  deepEqual(booked.attachments, [
    { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title: 'Ada', text: '3 nights' } },
  ])
  deepEqual(booked.suggestedActions, { actions: [{ type: 'imBack', value: 'ok', title: 'OK' }] })
  equal((await talk('si'))[0].text, 'Yes in en-US after 5')
  equal((await talk('intent'))[0].text, 'Intent 1')
  equal((await talk('repeat'))[0].text, 'Repeating [object Object]')
  equal((await talk('x'))[0].text, 'x (0.1)')
}
