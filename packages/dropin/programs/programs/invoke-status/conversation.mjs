import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls, waitForOutput }) {
  const ask = (/** @type {string} */ name, /** @type {unknown} */ value) => channel.invoke(`shop/${name}`, value)
  deepEqual(await ask('price', { count: 3 }), { status: 200, body: { price: 6 } })
  deepEqual(await ask('empty'), { status: 200, body: undefined })
  deepEqual(await ask('teapot'), { status: 418, body: 'short and stout' })
  deepEqual(await ask('bare'), { status: 404, body: undefined })
  deepEqual(await ask('sent'), { status: 202, body: ['sent'] })
  deepEqual(
    channel.replies().map(({ text }) => text),
    ['by hand'],
  )
  deepEqual(await ask('kept'), { status: 203, body: 'kept' })
  equal((await ask('missing')).status, 500)
  equal((await ask('unknown')).status, 501)
  equal((await ask('crash')).status, 500)
  await waitForOutput(/out of stock/)
  deepEqual(channel.replies(), [])

  equal((await fetch(urls[0] ?? '', { method: 'POST' })).status, 400)
  const list = await fetch(urls[0] ?? '', {
    method: 'POST',
    body: '7',
    headers: { 'content-type': 'application/json' },
  })
  equal(list.status, 400)
}
