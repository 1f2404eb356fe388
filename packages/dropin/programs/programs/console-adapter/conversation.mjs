import { equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  /** @param {string} path @param {string} text */
  const write = async (path, text) => (await fetch(new URL(path, urls[0]), { method: 'POST', body: text })).text()
  equal(await write('/console', 'hello'), '1: hello')
  equal(await write('/console', 'again'), '2: again')
  equal(await write('/console', 'card'), '[typing]\ncards: (2 attachments)')
  equal(await write('/console', 'edit'), '! A printed line stays.')
  equal(await write('/console', 'later'), '! NotImplemented')
  equal(await write('/nudge', 'wake up'), 'wake up, User1')
  // The same bot, on a channel of its own.
  const [reply] = await channel.say('hello')
  equal(reply.text, '1: hello')
  equal(await write('/console', 'still here'), '4: still here')
}
