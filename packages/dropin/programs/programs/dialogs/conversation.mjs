import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const said = async (/** @type {string} */ text) => (await channel.say(text)).map(({ text: reply }) => reply)
  const [size] = await channel.say('hi')
  equal(size.text, 'Which size? (1) small, (2) medium, or (3) large')
  equal(size.inputHint, 'expectingInput')
  deepEqual(await said('the second one'), ['How many?'])
  deepEqual(await said('eleven'), ['From one to ten, please.'])
  deepEqual(await said('I would like three'), ['For whom?'])
  deepEqual(await said('Ada'), ['3 medium for Ada? (1) Yes or (2) No'])
  deepEqual(await said('yes'), ['Ordered for Ada.'])

  // What is known of a person is not asked again, and each conversation has its own order.
  await said('again')
  await said('LARGE')
  deepEqual(await said('1'), ['1 large for Ada? (1) Yes or (2) No'])
  deepEqual(await said('no'), ['Nothing ordered.'])
}
