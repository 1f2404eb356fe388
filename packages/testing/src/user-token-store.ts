import type { SignInUrlResponse, TokenExchangeRequest, TokenResponse, TokenStatus } from '@parley/core'

/** Whose token, and for what. */
export interface TokenOwner {
  readonly connectionName: string
  readonly channelId: string
  readonly userId: string
}

/** A token service in memory: what users are signed in to, with which codes and which exchanges they can sign in. */
export class UserTokenStore {
  private readonly tokens: Map<string, { owner: TokenOwner; token: string }> = new Map()
  private readonly pendingSignIns: { owner: TokenOwner; token: string; magicCode: string }[] = []
  /** `undefined`: the exchange fails. */
  private readonly exchanges: Map<string, string | undefined> = new Map()

  /** Signs the user in: at once, or when the bot asks with `magicCode`. */
  add(owner: TokenOwner, token: string, magicCode?: string): void {
    if (magicCode) this.pendingSignIns.push({ owner, token, magicCode })
    else this.tokens.set(keyOf(owner), { owner, token })
  }

  get(owner: TokenOwner, magicCode?: string): TokenResponse | undefined {
    if (magicCode) this.finishSignIn(owner, magicCode)
    const found = this.tokens.get(keyOf(owner))
    return found && toResponse(owner, found.token)
  }

  /** Signs the user out of one connection, or of all. */
  remove({ channelId, userId, connectionName }: Partial<TokenOwner>): void {
    for (const [key, { owner }] of this.tokens) {
      const isUsers = owner.channelId === channelId && owner.userId === userId
      if (isUsers && (!connectionName || owner.connectionName === connectionName)) this.tokens.delete(key)
    }
  }

  /** Connections the user is signed in to; of those in `includeFilter`, names separated by commas, if it is given. */
  status(channelId: string, userId: string, includeFilter?: string): TokenStatus[] {
    const included = includeFilter?.split(',')
    return [...this.tokens.values()]
      .filter(({ owner }) => owner.channelId === channelId && owner.userId === userId)
      .map(({ owner }) => owner.connectionName)
      .filter((connectionName) => !included || included.includes(connectionName))
      .map((connectionName) => ({
        channelId,
        connectionName,
        hasToken: true,
        serviceProviderDisplayName: connectionName,
      }))
  }

  /** Lets `item`, a token or the address of one, be exchanged for `token`; without a token the exchange fails. */
  addExchange(owner: TokenOwner, item: string, token?: string): void {
    this.exchanges.set(exchangeKeyOf(owner, item), token)
  }

  /** @throws Error when the exchange was told to fail. */
  exchange(owner: TokenOwner, { uri, token }: TokenExchangeRequest): TokenResponse | undefined {
    const key = exchangeKeyOf(owner, uri ?? token ?? '')
    if (!this.exchanges.has(key)) return undefined
    const exchanged = this.exchanges.get(key)
    if (exchanged === undefined) throw new Error('Exception occurred during exchanging tokens')
    return toResponse(owner, exchanged)
  }

  private finishSignIn(owner: TokenOwner, magicCode: string): void {
    const index = this.pendingSignIns.findIndex(
      (pending) => keyOf(pending.owner) === keyOf(owner) && pending.magicCode === magicCode,
    )
    const [finished] = index === -1 ? [] : this.pendingSignIns.splice(index, 1)
    if (finished) this.add(owner, finished.token)
  }
}

/** What a sign-in card of a test links to; nobody opens it. */
export function signInLinkOf({ connectionName, channelId, userId }: TokenOwner): string {
  return `https://fake.com/oauthsignin/${connectionName}/${channelId}/${userId}`
}

/** What an OAuth card of a test says; nobody opens it. */
export function signInResourceOf({ connectionName, channelId, userId }: TokenOwner): SignInUrlResponse {
  return {
    signInLink: `https://botframeworktestadapter.com/oauthsignin/${connectionName}/${channelId}/${userId}`,
    tokenExchangeResource: { id: globalThis.crypto.randomUUID(), uri: `api://${connectionName}/resource` },
  }
}

function keyOf({ connectionName, channelId, userId }: TokenOwner): string {
  return JSON.stringify([connectionName, channelId, userId])
}

function exchangeKeyOf(owner: TokenOwner, item: string): string {
  return JSON.stringify([keyOf(owner), item])
}

/** Tokens of tests do not expire. */
function toResponse({ channelId, connectionName }: TokenOwner, token: string): TokenResponse {
  return { channelId, connectionName, token } as TokenResponse
}
