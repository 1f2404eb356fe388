import type { KeyName } from '../cases/inbound-case.ts'
import { expandText } from '../request/expand.ts'
import type { Names } from '../request/expand.ts'
import { Attacker } from './attacker.ts'
import { Connector } from './connector.ts'
import { ENDORSEMENTS, Identity } from './identity.ts'
import { sharedSigningKeys, toJwk } from './signing-keys.ts'
import type { SigningKeys } from './signing-keys.ts'

/** App id and password of the bots under test, and the ids of others. Invented. */
export const BOT_APP_ID = '7d6f6f4e-5a0a-4f7e-9d0e-2f6d1f3b8c11'
export const BOT_PASSWORD = 'corpus~password~of~the~bot~under~test'
export const OTHER_BOT = '22222222-2222-4222-8222-222222222222'
export const OWN_TENANT = '33333333-3333-4333-8333-333333333333'

const THIRD_BOT = '44444444-4444-4444-8444-444444444444'
const ATTACKER_TENANT = '66666666-6666-4666-8666-666666666666'
const BOT_FRAMEWORK_TENANT = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
const US_GOVERNMENT_TENANT = 'cab8a31a-1906-4287-a0d8-4eef66b95f6e'

/** Fixed ports of a world that a foreign bot is told about; without one a free port is taken. */
export interface WorldPorts {
  readonly identity?: number | undefined
  readonly connector?: number | undefined
}

/** Everything around a bot: the identity side, the connector, and an attacker's server, each on a loopback port. */
export class World {
  readonly keys: SigningKeys
  readonly identity: Identity
  readonly connector: Connector
  readonly attacker: Attacker
  /** What the texts of cases may name. */
  names: Names = {}

  private constructor(keys: SigningKeys) {
    const fill = (text: string): string => expandText(text, this.names)
    this.keys = keys
    this.identity = new Identity(keys, BOT_PASSWORD, fill)
    this.connector = new Connector(fill)
    this.attacker = new Attacker(keys.rogue)
  }

  /** @throws The system's error, when a port cannot be had. */
  static async start(ports: WorldPorts = {}): Promise<World> {
    const world = new World(await sharedSigningKeys())
    const { identity, connector, attacker } = world
    const starts = [identity.start(ports.identity), connector.start(ports.connector), attacker.start()]
    const failure = (await Promise.allSettled(starts)).find((start) => start.status === 'rejected')
    if (failure) {
      await world.close()
      throw failure.reason
    }
    world.names = namesOf(world)
    return world
  }

  async close(): Promise<void> {
    await Promise.all([this.identity.close(), this.connector.close(), this.attacker.close()])
  }

  /** Lets the channel service publish these keys and no others. */
  publish(names: readonly KeyName[]): void {
    this.identity.channelKeys = names.map((name) => ({ ...this.keys[name], extra: { endorsements: ENDORSEMENTS } }))
  }

  /** Texts that must not show in any log or answer. */
  get secrets(): readonly string[] {
    return [BOT_PASSWORD, ...this.identity.issued]
  }
}

function namesOf({ identity, connector, attacker, keys }: World): Names {
  return {
    bot: BOT_APP_ID,
    otherBot: OTHER_BOT,
    thirdBot: THIRD_BOT,
    tenant: BOT_FRAMEWORK_TENANT,
    govTenant: US_GOVERNMENT_TENANT,
    ownTenant: OWN_TENANT,
    attackerTenant: ATTACKER_TENANT,
    channelIssuer: 'https://api.botframework.com',
    govIssuer: 'https://api.botframework.us',
    serviceUrl: `${connector.url}/`,
    connectorOrigin: connector.url,
    connectorPort: new URL(connector.url).port,
    identityUrl: identity.url,
    attackerUrl: attacker.url,
    channelJwk: JSON.stringify(toJwk(keys.channel)),
    weakJwk: JSON.stringify(toJwk(keys.weak)),
    channelKid: keys.channel.kid,
    tenantKid: keys.tenant.kid,
  }
}
