import { deepEqual, equal, match } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  const say = async (/** @type {string} */ text, authorization = 'Gateway open sesame') => {
    const { status } = await channel.post({ type: 'message', text }, { authorization })
    return [status, ...channel.replies().map((reply) => reply.text)]
  }
  deepEqual(await say('hi'), [200, 'urn:gateway gateway-audience hi'])
  match(channel.calls[0]?.headers['user-agent'] ?? '', /own-test/)
  deepEqual(await say('hi', 'Gateway wrong'), [401])
  deepEqual(await say('queue'), [200, '1'])
  deepEqual(await say('exchange'), [200, 'for x'])
  deepEqual(await say('later'), [200, 'an-audience true'])

  const headers = { authorization: 'Bearer letter', 'content-type': 'application/json' }
  const mailbox = new URL('/mailbox/v3/conversations/c-9/', urls[0])
  const body = JSON.stringify({ type: 'message', text: 'dear' })
  const posted = await fetch(new URL('activities', mailbox), { method: 'POST', headers, body })
  deepEqual(await posted.json(), { id: 'letter-1' })
  const members = await fetch(new URL('members', mailbox), { headers })
  equal((await members.json())[0].name, 'Me')
}
