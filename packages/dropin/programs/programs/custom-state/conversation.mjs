import { equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const say = async (/** @type {string} */ text, /** @type {any} */ conversation) =>
    (await channel.say({ type: 'message', text, conversation })).map((reply) => reply.text).join()

  equal(await say('yes', { id: 'c1;messageid=1', tenantId: 't1' }), '1:0, before: nothing')
  equal(await say('no', { id: 'c1;messageid=2', tenantId: 't1' }), '1:1, before: yes')
  equal(await say('yes', { id: 'c2', tenantId: 't1' }), '2:1, before: nothing')
  equal(await say('no', { id: 'c3', tenantId: 't2' }), '0:1, before: nothing')
  equal(await say('hm', { id: 'c1', tenantId: 't2' }), '0:1, before: no')
  equal(
    await say('yes', { id: 'nowhere', tenantId: 't2' }),
    'Error: ConversationState: overridden getStorageKey method did not return a key.',
  )
}
