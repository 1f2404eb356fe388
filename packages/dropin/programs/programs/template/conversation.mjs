import { deepEqual, match } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, waitForOutput }) {
  const texts = async (/** @type {any} */ what) => (await channel.say(what)).map(({ text }) => text)
  await waitForOutput(/bot\.js listening to http/)
  deepEqual(await texts('  HI '), ['Echo: hi'])
  deepEqual(await texts('context'), [
    'true | true | number | true | Hello, you | en-US | false',
    'copy, responded true',
  ])
  deepEqual(await texts('fail'), [
    'The bot encountered an error or bug.',
    'To continue to run this bot, please fix the bot source code.',
  ])
  await waitForOutput(/\[onTurnError\] unhandled error: TypeError: this\.missing is not a function/)
  await texts('keep')
  const [kept] = await texts('kept')
  match(kept, /^(TypeError|usable: keep)$/)
}
