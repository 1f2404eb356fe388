import type { BotRegistry } from '../bots/bot-registry.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { ChannelTokens } from './channel-tokens.ts'
import type { Endorsements } from './endorsements.ts'
import type { IdentityClock } from './identity-clock.ts'
import type { KeyRing } from './key-ring.ts'
import type { TokenOverrides } from './token-overrides.ts'

/**
 * Whose keys: the channel's, which sign what is sent to bots; the tenant's, which sign the tokens bots are given; or the users',
 * which sign the tokens users are given.
 */
export type KeyOwner = 'channel' | 'tenant' | 'user'

export interface ServiceIdentityOptions {
  readonly bots: BotRegistry
  readonly channelTokens: ChannelTokens
  readonly accessTokens: AccessTokens
  readonly keys: Readonly<Record<KeyOwner, KeyRing>>
  readonly endorsements: Endorsements
  readonly clock: IdentityClock
}

/** The identity provider's controls, for tests of how bots check tokens. */
export class ServiceIdentity {
  private readonly options: ServiceIdentityOptions

  constructor(options: ServiceIdentityOptions) {
    this.options = options
  }

  /** Id of the key that signs now. */
  currentKey(owner: KeyOwner): string {
    return this.options.keys[owner].currentKid
  }

  /** Ids of the published keys; that of the one which signs is the first. */
  publishedKeys(owner: KeyOwner): readonly string[] {
    return this.options.keys[owner].publicKeys().map(({ kid }) => kid)
  }

  /** Publishes a new key and signs with it from now on; the old ones stay published. @returns the new key's id. */
  rotateKey(owner: KeyOwner): Promise<string> {
    return this.options.keys[owner].rotate()
  }

  /** Takes a key out of the published set. The last one stays. @returns whether it was withdrawn. */
  withdrawKey(owner: KeyOwner, kid: string): boolean {
    return this.options.keys[owner].withdraw(kid)
  }

  /** Channels the channel's keys are published for. Bots refuse activities of others. */
  get endorsements(): readonly string[] {
    return this.options.endorsements.list()
  }

  /** Publishes the channel's keys for `channelId` too. @returns whether they were not before. */
  endorse(channelId: string): boolean {
    return this.options.endorsements.add(channelId)
  }

  /** Publishes the channel's keys without `channelId`. @returns whether they were published for it. */
  withdrawEndorsement(channelId: string): boolean {
    return this.options.endorsements.withdraw(channelId)
  }

  /**
   * How far the identity provider's clock is ahead of the right time, in seconds; negative when it is behind. Default 0. By this
   * clock it issues all tokens to bots and for them, and judges those it is shown; the tokens of users keep the right time.
   *
   * @throws RangeError when set to anything but a whole number, some ten years at most.
   */
  get clockSkewSeconds(): number {
    return this.options.clock.skewSeconds
  }

  set clockSkewSeconds(seconds: number) {
    this.options.clock.skewSeconds = seconds
  }

  /**
   * Id of a bot's service principal: `oid` and `sub` of its tokens, and so the subject of a federated credential that trusts
   * its managed identity. The same in every run.
   *
   * @throws RangeError when no such bot is registered.
   */
  objectId(appId: string): string {
    return this.options.accessTokens.objectIdOf(this.bot(appId))
  }

  /**
   * A token as the service sends it to the bot, or one that differs as asked.
   *
   * @throws RangeError when no such bot is registered.
   */
  mintChannelToken(appId: string, overrides: TokenOverrides = {}): string {
    return this.options.channelTokens.issue(this.bot(appId), overrides)
  }

  /**
   * An access token as the bot gets it for its secret, or one that differs as asked.
   *
   * @throws RangeError when no such bot is registered.
   */
  mintAccessToken(appId: string, overrides: TokenOverrides = {}): string {
    return this.options.accessTokens.issue(this.bot(appId), overrides)
  }

  private bot(appId: string): RegisteredBot {
    const bot = this.options.bots.find(appId)
    if (!bot) throw new RangeError(`No bot ${appId} is registered.`)
    return bot
  }
}
