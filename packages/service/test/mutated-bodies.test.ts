import type { Json } from './stand-in-bot.ts'
import { useTogether } from './start-together.ts'

/** Every field of every body in turn is of every wrong kind: refused with a reason or taken, and never a failure of the service. */

const together = useTogether(undefined, {
  teams: [{ id: 'team', name: 'Team', channels: [{ id: 'news', name: 'News' }], members: [{ id: '29:ada' }] }],
})

const ACTIVITY = {
  type: 'message',
  id: 'x',
  text: 'x',
  from: { id: 'dl_ada', name: 'Ada', role: 'user' },
  recipient: { id: 'dl_ada' },
  conversation: { id: 'x' },
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.oauth',
      content: { connectionName: 'local', buttons: [{ type: 'signin', title: 'x' }] },
    },
  ],
  entities: [{ type: 'streaminfo', streamId: 'x', streamType: 'final', streamSequence: 1 }],
  channelData: { clientActivityID: '1' },
  suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'x', value: 'x' }] },
  replyToId: 'x',
  deliveryMode: 'normal',
  localTimestamp: '2020-01-01T00:00:00.1234567+01:00',
  value: { a: 1 },
}

type Body = readonly [method: string, path: string, body: Json, caller: 'bot' | 'client']

const BODIES: readonly Body[] = [
  ['POST', '/v3/conversations', { isGroup: true, members: [{ id: 'x' }], topicName: 'x', activity: ACTIVITY }, 'bot'],
  ['POST', '/v3/conversations', { channelData: { channel: { id: 'news' } }, activity: { type: 'message' } }, 'bot'],
  ['POST', '/v3/conversations/:c/activities', ACTIVITY, 'bot'],
  ['POST', '/v3/conversations/:c/activities?isTargetedActivity=true', ACTIVITY, 'bot'],
  ['PUT', '/v3/conversations/:c/activities/:a', ACTIVITY, 'bot'],
  ['POST', '/v3/conversations/:c/activities/history', { activities: [{ type: 'message', from: { id: 'x' } }] }, 'bot'],
  ['POST', '/v3/conversations/:c/attachments', { type: 'image/png', name: 'x', originalBase64: 'YQ==' }, 'bot'],
  ['POST', '/v3/botstate/directline/users/dl_ada', { data: { a: 1 }, eTag: '*' }, 'bot'],
  [
    'POST',
    '/v3/batch/conversation/channels',
    { activity: { type: 'message' }, tenantId: 'x', members: [{ id: 'news' }] },
    'bot',
  ],
  [
    'POST',
    '/v3/directline/tokens/generate',
    { user: { id: 'dl_x' }, trustedOrigins: ['https://x'], eTag: 'x' },
    'client',
  ],
  [
    'POST',
    '/v3/directline/conversations',
    { user: { id: 'dl_x', name: 'x' }, bot: { id: 'x' }, locale: 'x' },
    'client',
  ],
  ['POST', '/v3/directline/conversations/:c/activities', ACTIVITY, 'client'],
]

const WRONG: readonly Json[] = [undefined, null, 7, '\ud800', [null], { id: 7 }, '__proto__']

/** Copies of a value, each with one thing in it replaced. */
function* mutations(value: Json): Iterable<Json> {
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    for (const replacement of [...WRONG, ...mutations(value[key])]) {
      const copy = Array.isArray(value) ? [...value] : { ...value }
      copy[key] = replacement
      yield copy
    }
  }
}

test.each(BODIES)('%s %s', async (method, path, body, caller) => {
  const { service, bot, directLine } = together
  const { conversationId } = await directLine.start({ user: { id: 'dl_ada' } })
  const said = await bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'x' })
  const address = path.replace(':c', conversationId).replace(':a', encodeURIComponent(said.body.id))
  const token = caller === 'bot' ? service.identity.mintAccessToken(bot.appId) : service.directLineSecret
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const wrong: unknown[] = []
  const taken = new Set<boolean>()
  for (const mutated of mutations(body)) {
    const init: RequestInit = { method, headers, body: JSON.stringify(mutated) }
    const response = await fetch(`${service.url}${address}`, init)
    const answer: Json = await response.json()
    const isExplained =
      response.ok || (typeof answer.error.code === 'string' && typeof answer.error.message === 'string')
    if (response.status >= 500 || !isExplained) wrong.push([mutated, response.status, answer])
    taken.add(response.ok)
  }
  expect(wrong).toEqual([])
  // Not all the same: what does not matter is taken, what does is refused.
  expect(taken).toEqual(new Set([true, false]))
})
