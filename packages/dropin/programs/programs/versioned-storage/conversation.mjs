import { deepEqual, match } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const say = async (/** @type {string} */ text) => {
    const [reply] = await channel.say(text)
    return [reply.text, reply.value ?? []]
  }
  deepEqual(await say('peek'), ['undefined', []])
  deepEqual(await say('get'), ['default', ['read 1', 'write *']])
  deepEqual(await say('get'), ['default', ['read 1']])
  deepEqual(await say('set x'), ['undefined', ['read 1', 'write *']])
  deepEqual(await say('set x'), ['undefined', ['read 1']])
  deepEqual(await say('load'), ['x', ['read 1']])
  deepEqual(await say('clear'), ['undefined', ['write *']])
  deepEqual(await say('load'), ['undefined', ['read 1']])
  const [force, written] = await say('force')
  deepEqual([force, written.length], ['undefined', 1])
  const [stale] = await say('stale')
  match(stale, /eTag conflict/)
  deepEqual(await say('nothing'), ['ReferenceError: Keys are required when reading.', []])
}
