import type { Json } from './stand-in-bot.ts'
import { useTogether } from './start-together.ts'

/** Every door with every credential: each opens for its own, and stays shut for those of the others. */

const together = useTogether(undefined, {
  teams: [{ id: 'team', name: 'Team', channels: [{ id: 'news', name: 'News' }], members: [{ id: '29:ada' }] }],
})

type Credential =
  | 'nothing'
  | "the bot's token"
  | "the bot's token for another service"
  | "the service's token to the bot"
  | 'the Direct Line secret'
  | "a client's token"
  | "a stream's token"
  | "a user's token"
  | "the bot's secret"
  | 'junk'

const CREDENTIALS: readonly Credential[] = [
  'nothing',
  "the bot's token",
  "the bot's token for another service",
  "the service's token to the bot",
  'the Direct Line secret',
  "a client's token",
  "a stream's token",
  "a user's token",
  "the bot's secret",
  'junk',
]

/** What every placeholder of an address stands for. */
interface Place {
  readonly conversationId: string
  readonly activityId: string
  readonly attachmentId: string
  readonly credentials: Readonly<Record<Credential, string | undefined>>
}

let place: Place

beforeAll(async () => {
  const { service, bot, directLine } = together
  const { appId } = bot
  const { conversationId, streamUrl, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const said = await bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'hello' })
  const file = { type: 'text/plain', name: 'a.txt', originalBase64: 'YQ==' }
  const { body } = await bot.call('POST', `/${conversationId}/attachments`, file)
  const { token } = service.userTokens.signIn({ appId, userId: 'dl_ada' })
  place = {
    conversationId,
    activityId: said.body.id,
    attachmentId: body.id,
    credentials: {
      nothing: undefined,
      "the bot's token": service.identity.mintAccessToken(appId),
      "the bot's token for another service": service.identity.mintAccessToken(appId, { audience: 'https://graph' }),
      "the service's token to the bot": service.identity.mintChannelToken(appId),
      'the Direct Line secret': service.directLineSecret,
      "a client's token": client.credential,
      "a stream's token": new URL(streamUrl).searchParams.get('t') ?? '',
      "a user's token": token,
      "the bot's secret": bot.secret,
      junk: 'a.b.c',
    },
  }
})

/** For whom a door opens, and what others are answered: with nothing, and with something else. */
interface Door {
  readonly opensFor: readonly Credential[]
  readonly shut: readonly [nothing: number, wrong: number]
  readonly addresses: readonly [method: string, path: string, body?: Json][]
}

const MESSAGE = { type: 'message', text: 'x', from: { id: 'dl_ada' } }

const DOORS: readonly [string, Door][] = [
  [
    'the Connector API, the token service and Bot State',
    {
      opensFor: ["the bot's token"],
      shut: [401, 401],
      addresses: [
        ['GET', '/v3/conversations'],
        ['POST', '/v3/conversations', { members: [{ id: 'dl_ada' }] }],
        ['GET', '/v3/conversations/:c/activities'],
        ['POST', '/v3/conversations/:c/activities', MESSAGE],
        ['POST', '/v3/conversations/:c/activities/:a', MESSAGE],
        ['POST', '/v3/conversations/:c/activities/history', { activities: [MESSAGE] }],
        ['PUT', '/v3/conversations/:c/activities/:a', MESSAGE],
        ['DELETE', '/v3/conversations/:c/activities/:a'],
        ['GET', '/v3/conversations/:c/activities/:a/members'],
        ['GET', '/v3/conversations/:c/members'],
        ['GET', '/v3/conversations/:c/members/dl_ada'],
        ['GET', '/v3/conversations/:c/pagedmembers'],
        ['DELETE', '/v3/conversations/:c/members/nobody'],
        ['POST', '/v3/conversations/:c/attachments', { type: 'text/plain', originalBase64: 'YQ==' }],
        ['GET', '/v3/attachments/:f'],
        ['GET', '/v3/teams/team'],
        ['GET', '/v3/teams/team/conversations'],
        ['GET', '/v1/meetings/m'],
        ['GET', '/v1/meetings/m/participants/p?tenantId=t'],
        ['POST', '/v1/meetings/m/notification', {}],
        ['POST', '/v3/batch/conversation/users', {}],
        ['POST', '/v3/batch/conversation/tenant', {}],
        ['POST', '/v3/batch/conversation/team', {}],
        ['POST', '/v3/batch/conversation/channels', {}],
        ['GET', '/v3/batch/conversation/o'],
        ['DELETE', '/v3/batch/conversation/o'],
        ['GET', '/v3/batch/conversation/failedentries/o'],
        ['GET', '/v3/botstate/directline/users/dl_ada'],
        ['POST', '/v3/botstate/directline/users/dl_ada', { data: 1, eTag: '*' }],
        ['DELETE', '/v3/botstate/directline/users/dl_ada'],
        ['GET', '/v3/botstate/directline/conversations/:c'],
        ['GET', '/v3/botstate/directline/conversations/:c/users/dl_ada'],
        ['GET', '/api/usertoken/GetToken?userId=dl_ada&connectionName=local'],
        ['GET', '/api/usertoken/GetTokenStatus?userId=dl_ada'],
        ['DELETE', '/api/usertoken/SignOut?userId=nobody'],
        ['POST', '/api/usertoken/exchange?userId=dl_ada&connectionName=local&channelId=directline', { token: 'x' }],
        ['GET', '/api/botsignin/GetSignInUrl?state=x'],
        ['GET', '/api/botsignin/GetSignInResource?state=x'],
      ],
    },
  ],
  [
    'what is for whoever knows the secret',
    {
      opensFor: ['the Direct Line secret'],
      shut: [401, 403],
      addresses: [
        ['POST', '/v3/directline/tokens/generate'],
        ['GET', '/dev/faults'],
        ['POST', '/dev/faults', { status: 500, method: 'TRACE' }],
        ['GET', '/dev/identity'],
      ],
    },
  ],
  [
    'what is for clients',
    {
      opensFor: ['the Direct Line secret', "a client's token"],
      shut: [401, 403],
      addresses: [
        ['POST', '/v3/directline/conversations'],
        ['GET', '/v3/directline/conversations/:c'],
        ['GET', '/v3/directline/conversations/:c/activities'],
        ['POST', '/v3/directline/conversations/:c/activities', MESSAGE],
        ['POST', '/v3/directline/conversations/:c/upload?userId=dl_ada', 'text'],
        ['GET', '/v3/directline/session/getsessionid'],
      ],
    },
  ],
  [
    'a new token for an old one',
    {
      opensFor: ["a client's token"],
      shut: [401, 403],
      addresses: [['POST', '/v3/directline/tokens/refresh']],
    },
  ],
]

async function call([method, path, body]: Door['addresses'][number], credential: Credential): Promise<number> {
  const { conversationId, activityId, attachmentId, credentials } = place
  const address = path
    .replace(':c', encodeURIComponent(conversationId))
    .replace(':a', encodeURIComponent(activityId))
    .replace(':f', attachmentId)
  const token = credentials[credential]
  const response = await fetch(`${together.service.url}${address}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  await response.arrayBuffer()
  return response.status
}

describe.each(DOORS)('%s', (_, { opensFor, shut, addresses }) => {
  test.each(CREDENTIALS.filter((credential) => opensFor.includes(credential)))('opens for %s', async (credential) => {
    for (const address of addresses) {
      const status = await call(address, credential)
      expect([...address.slice(0, 2), [401, 403].includes(status)]).toEqual([...address.slice(0, 2), false])
      expect(status).toBeLessThan(500)
    }
  })

  test.each(CREDENTIALS.filter((credential) => !opensFor.includes(credential)))(
    'stays shut for %s',
    async (credential) => {
      for (const address of addresses) {
        const expected = credential === 'nothing' ? shut[0] : shut[1]
        const status = await call(address, credential)
        expect([...address.slice(0, 2), status]).toEqual([...address.slice(0, 2), expected])
      }
    },
  )
})

test('what the page alone may do is refused to pages of other origins, whatever they show', async () => {
  for (const path of ['/chat/faults', '/chat/identity', '/chat/conversations/x/activities']) {
    for (const origin of ['http://localhost:1', 'https://evil.example', 'null']) {
      const response = await fetch(`${together.service.url}${path}`, {
        method: 'POST',
        headers: {
          Origin: origin,
          'Content-Type': 'application/json',
          Authorization: `Bearer ${together.service.directLineSecret}`,
        },
        body: '{}',
      })
      expect([path, origin, response.status]).toEqual([path, origin, 403])
    }
  }
})
