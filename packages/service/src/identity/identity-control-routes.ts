import type { BotRegistry } from '../bots/bot-registry.ts'
import type { DirectLineAccess } from '../direct-line/direct-line-access.ts'
import { chooseBot } from '../direct-line/direct-line-call.ts'
import { badArgument, missingProperty } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import { orBadArgument, readFields, textIn } from '../http/json-fields.ts'
import type { Fields } from '../http/json-fields.ts'
import type { Routes } from '../http/routes.ts'
import type { KeyOwner, ServiceIdentity } from './service-identity.ts'
import type { TokenOverrides } from './token-overrides.ts'

export interface IdentityControlServices {
  readonly identity: ServiceIdentity
  readonly access: DirectLineAccess
  readonly bots: BotRegistry
}

const OWNERS: readonly KeyOwner[] = ['channel', 'tenant', 'user']

/** The controls for programs in other processes. They need the Direct Line secret, which no web page has. */
export function addIdentityControlRoutes(routes: Routes, services: IdentityControlServices): void {
  const { identity, access } = services
  const add = (name: string, answer: (fields: Fields) => unknown): void => {
    routes.add('POST', `/dev/identity/${name}`, async (exchange) => {
      access.requireSecret(exchange)
      sendJson(exchange.response, 200, await answer(await readFields(exchange)))
    })
  }
  routes.add('GET', '/dev/identity', (exchange) => {
    access.requireSecret(exchange)
    sendJson(exchange.response, 200, describe(services))
  })
  add('rotate', async (fields) => ({ kid: await identity.rotateKey(ownerIn(fields)) }))
  add('withdraw', (fields) => ({ withdrawn: identity.withdrawKey(ownerIn(fields), requireText(fields, 'kid')) }))
  add('endorse', (fields) => ({ changed: identity.endorse(requireText(fields, 'channelId')) }))
  add('withdraw-endorsement', (fields) => {
    return { changed: identity.withdrawEndorsement(requireText(fields, 'channelId')) }
  })
  add('skew', ({ seconds }) => {
    if (typeof seconds !== 'number') throw badArgument('seconds must be a number.')
    orBadArgument(() => (identity.clockSkewSeconds = seconds))
    return { clockSkewSeconds: identity.clockSkewSeconds }
  })
  add('mint', (fields) => ({ token: mint(fields, services) }))
}

function describe({ identity, bots }: IdentityControlServices): unknown {
  return {
    clockSkewSeconds: identity.clockSkewSeconds,
    endorsements: identity.endorsements,
    keys: Object.fromEntries(OWNERS.map((owner) => [owner, identity.publishedKeys(owner)])),
    bots: bots.all().map(({ appId }) => ({ appId, objectId: identity.objectId(appId) })),
  }
}

/** A token for a bot, as the channel sends it, or for the bot to show to services. */
function mint(fields: Fields, { identity, bots }: IdentityControlServices): string {
  const { appId } = chooseBot(bots, textIn(fields, 'appId'))
  const overrides = overridesIn(fields)
  switch (textIn(fields, 'kind') ?? 'channel') {
    case 'channel':
      return identity.mintChannelToken(appId, overrides)
    case 'access':
      return identity.mintAccessToken(appId, overrides)
    default:
      throw badArgument('kind must be channel or access.')
  }
}

/** `null` stands for a claim that is left out: JSON has no `undefined`. */
function overridesIn(fields: Fields): TokenOverrides {
  const { lifetimeSeconds, claims = {} } = fields
  const audience = textIn(fields, 'audience')
  if (lifetimeSeconds !== undefined && !Number.isInteger(lifetimeSeconds)) {
    throw badArgument('lifetimeSeconds must be a whole number.')
  }
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw badArgument('claims must be an object.')
  }
  return {
    ...(audience === undefined ? {} : { audience }),
    ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds: lifetimeSeconds as number }),
    claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, value ?? undefined])),
  }
}

function ownerIn(fields: Fields): KeyOwner {
  const owner = OWNERS.find((known) => known === (textIn(fields, 'owner') ?? 'channel'))
  if (!owner) throw badArgument(`owner must be one of ${OWNERS.join(', ')}.`)
  return owner
}

function requireText(fields: Fields, name: string): string {
  const text = textIn(fields, name)
  if (text === undefined) throw missingProperty(name)
  return text
}
