import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, waitForOutput }) {
  await waitForOutput(/welcome-user listening to http:/)
  const greeting = await channel.join([channel.bot, channel.user])
  deepEqual(
    greeting.map(({ text, speak, inputHint }) => [text, speak, inputHint]),
    [
      ['Welcome to the bot.', undefined, 'acceptingInput'],
      ["You can say 'hello' or 'help'.", 'You can say hello or help', 'expectingInput'],
    ],
  )

  const first = await channel.say('hi')
  deepEqual(
    first.map(({ text }) => text),
    [
      'You are seeing this message because this was your first message ever sent to this bot.',
      'It is a good practice to welcome the user, User.',
    ],
  )
  const [echo] = await channel.say('Hi')
  equal(echo.text, 'You said "Hi"')
  const [fallback] = await channel.say('what?')
  equal(fallback.text, 'Say "help" to see the introduction card.')

  const [intro] = await channel.say('HELP')
  equal(intro.text, undefined)
  equal(intro.inputHint, undefined)
  equal(intro.attachments.length, 1)
  const [{ contentType, content }] = intro.attachments
  equal(contentType, 'application/vnd.microsoft.card.hero')
  equal(content.title, 'Welcome!')
  equal(content.text, 'This card introduces the bot.')
  deepEqual(content.images, [{ url: 'https://example.com/welcome.png' }])
  deepEqual(content.buttons[1], { type: 'openUrl', title: 'Ask a question', value: 'https://example.com/ask' })

  const { user } = channel
  channel.user = { id: 'user2', name: 'Second' }
  const [other] = (await channel.say('hi')).slice(1)
  equal(other.text, 'It is a good practice to welcome the user, Second.')
  channel.user = user

  const [goodbye] = await channel.say({ type: 'conversationUpdate', membersRemoved: [{ id: 'user2', name: 'Second' }] })
  equal(goodbye.text, 'Goodbye Second')
  equal(goodbye.inputHint, undefined)
}
