import { equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const text = async (/** @type {any} */ what) => (await channel.say(what)).map((reply) => reply.text).join()
  equal(await text('list'), 'empty')
  equal(await text('put apple'), 'That makes 1.')
  equal(await text('put apple'), 'That makes 2.')
  equal(await text('put pear'), 'That makes 1.')
  const mentioned = {
    type: 'message',
    text: '<at>Bot</at> put plum',
    entities: [{ type: 'mention', mentioned: channel.bot, text: '<at>Bot</at>' }],
  }
  equal(await text(mentioned), 'That makes 1.')
  const [list] = await channel.say('list')
  equal(list.text, '2 apple, 1 pear, 1 plum')
  equal(list.summary, 'Your basket')
  equal(await text('drop'), 'Dropped.')
  equal(await text('list'), 'empty')
}
