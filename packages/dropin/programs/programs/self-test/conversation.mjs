import { equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  equal(await (await fetch(new URL('/self-test', urls[0]))).text(), 'all passed')
  equal((await channel.say('hello'))[0].text, '1: hello')
}
