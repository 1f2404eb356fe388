import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const [welcome, plain] = await channel.join()
  equal(welcome.text, 'Welcome, User. Please choose.')
  equal(plain.inputHint, 'ignoringInput')
  deepEqual(plain.suggestedActions.actions, [
    { type: 'imBack', title: 'Red', value: 'Red' },
    { type: 'imBack', title: 'Blue', value: 'Blue' },
  ])

  const [agreed, asked] = await channel.say('Red')
  equal(agreed.text, 'I agree, Red is the best color.')
  equal(asked.text, 'What is the best color?')
  equal(asked.inputHint, 'acceptingInput')
  deepEqual(asked.suggestedActions, {
    to: ['user1'],
    actions: [
      { type: 'postBack', title: 'Red', value: 'Red', image: 'https://example.com/red.png', imageAltText: 'R' },
      { type: 'imBack', title: 'Blue', value: 'Blue' },
      { type: 'messageBack', title: 'Yellow', value: { color: 'yellow' }, text: 'Yellow', displayText: 'Sun' },
    ],
  })
  const [again] = await channel.say('green')
  equal(again.text, 'Please select a color.')
}
