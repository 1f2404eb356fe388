import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const [message] = await channel.say('hello')
  const [{ type, verb, data }] = message.attachments[0].content.actions
  /** @param {any} action @param {any} [more] */
  const press = (action, more) =>
    channel.invoke('adaptiveCard/action', {
      action: { type, id: 'x', data: {}, ...action },
      trigger: 'manual',
      ...more,
    })

  const approved = await press({ verb, data })
  equal(approved.status, 200)
  equal(approved.body.statusCode, 200)
  equal(approved.body.type, 'application/vnd.microsoft.card.adaptive')
  equal(approved.body.value.body[0].text, 'Approved by User:7')
  equal((await press({ verb, data })).body.value.body[0].text, 'Approved by User:7, User:7')
  equal((await press({ verb: 'refresh' }, { trigger: 'automatic' })).body.value.body[0].text, '2 approvals (automatic)')
  deepEqual((await press({ verb: 'talk' })).body, {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: 'Done.',
  })
  const login = await press({ verb: 'login' })
  equal(login.status, 401)
  equal(login.body.statusCode, 401)

  equal((await press({ verb: 'unknown' })).status, 501)
  equal((await press({ verb: 'crash' })).status, 500)
  const missing = await channel.invoke('adaptiveCard/action', undefined)
  equal(missing.status, 400)
  deepEqual(missing.body, {
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code: 'BadRequest', message: 'Missing value property' },
  })
  const submit = await press({ type: 'Action.Submit', verb: 'approve' })
  equal(submit.status, 400)
  equal(submit.body.value.code, 'NotSupported')
}
