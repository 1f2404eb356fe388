/** What a bot needs before it can check a token of the channel. */
export type KeyDocument = 'metadata' | 'keys'

/** When a bot has fetched what it needs to check tokens, in milliseconds since the epoch. */
export interface KeyFetch {
  readonly metadata?: number
  readonly keys?: number
}

/** Those of the channel, and of a tenant, whose keys they are when the channel is to speak as a tenant. */
const PATHS: readonly (readonly [path: RegExp, document: KeyDocument])[] = [
  [/\/\.well-known\/openid-?configuration$/, 'metadata'],
  [/^\/v1\/\.well-known\/keys$|\/discovery\/v2\.0\/keys$/, 'keys'],
]

/** Fetches of nobody in particular. */
const ANYBODY = ''

/**
 * Remembers whether bots have fetched the service's keys. Nobody says who they are when they fetch them, so of several bots it
 * is the one that has an activity to check; when that does not tell them apart either, it may have been any of them.
 */
export class KeyFetches {
  private readonly fetches: Map<string, KeyFetch> = new Map()

  /** @param fetcher - App id of the bot it was, if that is known. */
  note(path: string, fetcher: string | undefined, at: number): void {
    const document = PATHS.find(([pattern]) => pattern.test(path))?.[1]
    if (!document) return
    const known = this.fetches.get(fetcher ?? ANYBODY)
    this.fetches.set(fetcher ?? ANYBODY, { ...known, [document]: at })
  }

  /** Forgets what a bot has fetched: it is not running, and starts with nothing. */
  forget(appId: string): void {
    this.fetches.delete(appId)
  }

  of(appId: string): KeyFetch {
    return this.fetches.get(appId) ?? {}
  }

  /** When somebody did who may have been any bot. */
  get ofAnybody(): KeyFetch {
    return this.fetches.get(ANYBODY) ?? {}
  }
}
