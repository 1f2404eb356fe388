import { deepEqual, equal } from 'node:assert/strict'

export const processes = ['root.js', 'skill.js']

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export const environment = ({ urls: [root, skill] }) => ({
  RootAppId: 'root-app',
  SkillAppId: 'skill-app',
  SkillEndpoint: skill ?? '',
  SkillHostEndpoint: new URL('/api/skills', root).href,
})

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)
  const help = "Me no nothin'. Say 'skill' and I'll patch you through"
  deepEqual(await texts('hi'), [help])

  const replies = await channel.say('skill')
  deepEqual(
    replies.map(({ text, inputHint }) => [text, inputHint]),
    [
      ['Got it, connecting you to the skill...', 'acceptingInput'],
      ['Echo (skill): skill', 'acceptingInput'],
      ['Say "end" or "stop" to return to the parent.', 'ignoringInput'],
    ],
  )
  for (const reply of replies) {
    equal(reply.conversation.id, channel.conversationId)
    equal(reply.channelId, 'test')
    equal(reply.recipient.id, 'user1')
    equal(reply.from.id, 'bot1')
    equal(reply.replyToId, 'a-2')
  }
  deepEqual((await texts('one')).slice(0, 1), ['Echo (skill): one'])

  await channel.say('edit')
  deepEqual(
    channel.calls.slice(-3).map(({ method, body }) => [method, body?.text]),
    [
      ['POST', 'draft'],
      ['PUT', 'final'],
      ['DELETE', undefined],
    ],
  )
  deepEqual(await texts('signal'), ['event of the skill: signal [1,2]'])
  deepEqual(await texts('end'), [
    'Received endOfConversation. Code: completedSuccessfully Value: {"echoed":true}',
    "Back in the root bot. Say 'skill' and I'll patch you through",
  ])
  deepEqual(await texts('hi'), [help])
  deepEqual(await texts('at once'), [
    'Echo (skill): at once',
    'Say "end" or "stop" to return to the parent.',
    `still in ${channel.conversationId}`,
  ])

  const unknown = new URL('/api/skills/v3/conversations/nobody/activities', urls[0])
  const post = { method: 'POST', body: '{"type":"message"}', headers: { 'content-type': 'application/json' } }
  equal((await fetch(unknown, post)).ok, false)
  const members = await fetch(new URL('/api/skills/v3/conversations/nobody/members', urls[0]))
  equal(members.status, 501)
}
