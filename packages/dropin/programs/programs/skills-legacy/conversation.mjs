import { deepEqual, equal } from 'node:assert/strict'

export const processes = ['root.js', 'skill.js']

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export const environment = ({ urls: [root, skill] }) => ({
  SkillEndpoint: skill ?? '',
  SkillHostEndpoint: new URL('/api/skills', root).href,
})

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)
  deepEqual(await texts('hi'), ['root'])
  const [reply] = await channel.say('skill')
  equal(reply.text, 'skill: skill')
  equal(reply.conversation.id, channel.conversationId)
  equal(reply.recipient.id, 'user1')
  equal(reply.replyToId, 'a-2')
  deepEqual(await texts('more'), ['skill: more'])
  deepEqual(await texts('end'), ['ended with userCancelled'])
  deepEqual(await texts('again'), ['root'])
}
