import { equal, match } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  const [plain] = await channel.say('x')
  // Filled in on every channel, marked up only where it is spoken.
  equal(plain.speak, 'hear & speak x')
  for (const spoken of ['emulator', 'directlinespeech', 'telephony']) {
    channel.channelId = spoken
    const [first, second, event] = await channel.say('x')
    match(first.speak, /^<speak version=['"]1\.0['"]/)
    match(first.speak, /xml:lang=['"]en-US['"]/)
    match(first.speak, /<voice name=['"]en-US-JennyNeural['"]>/)
    match(first.speak, /speak x/)
    match(second.speak, />spoken</)
    equal(second.text, 'written')
    equal(event.speak, undefined)
  }
  equal((await fetch(urls[0] ?? '', { method: 'POST', body: 'no json' })).status, 400)
  equal((await fetch(urls[0] ?? '')).status, 405)
}
