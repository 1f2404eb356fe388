import createRouter from 'find-my-way'
import type { HTTPMethod, HTTPVersion, Instance } from 'find-my-way'
import type { RouteHandler } from './exchange.ts'
import type { Upgrade } from './upgrade.ts'

export type RouteMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS'

const METHODS: readonly RouteMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']

export type RouteParams = Readonly<Record<string, string>>

/** Ids of other channels are long, and percent-encoded on top. */
const MAX_PARAM_LENGTH = 1024

/** Takes the socket of a WebSocket request over, or throws an ApiError to have it refused. */
export type UpgradeHandler = (upgrade: Upgrade) => void

/** What the address of a request leads to. */
export type RouteMatch =
  | { readonly kind: 'found'; readonly handler: RouteHandler; readonly params: RouteParams }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly RouteMethod[] }
  | { readonly kind: 'not-found' }

/** As the cloud's, addresses may end in a slash. */
const ROUTER_OPTIONS = { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true } as const

/** The service's routes: case-sensitive, static segments before parameters, whatever the order they were added in. */
export class Routes {
  private readonly router: Instance<HTTPVersion.V1> = createRouter(ROUTER_OPTIONS)

  private readonly upgrades: Instance<HTTPVersion.V1> = createRouter(ROUTER_OPTIONS)

  /** Adds a route; parameters are written `:name`. */
  add(method: RouteMethod, path: string, handler: RouteHandler): void {
    this.router.on(method, path, unused, handler)
  }

  /** Adds an address that speaks WebSocket. */
  addUpgrade(path: string, handler: UpgradeHandler): void {
    this.upgrades.on('GET', path, unused, handler)
  }

  /** Finds who speaks WebSocket at `path`, with the address's parameters. */
  matchUpgrade(path: string): { readonly handler: UpgradeHandler; readonly params: RouteParams } | undefined {
    const found = path.startsWith('/') ? this.upgrades.find('GET', path) : null
    return found ? { handler: found.store as UpgradeHandler, params: found.params as RouteParams } : undefined
  }

  /** Finds the route of a request. `path` is as sent: still percent-encoded, without the query. */
  match(method: string, path: string): RouteMatch {
    if (!path.startsWith('/')) return { kind: 'not-found' }
    const found = this.router.find(method as HTTPMethod, path)
    if (found) return { kind: 'found', handler: found.store as RouteHandler, params: found.params as RouteParams }
    const allowed = METHODS.filter((other) => this.router.find(other, path) !== null)
    // Browsers may ask about any address; that alone does not make it one.
    return allowed.some((other) => other !== 'OPTIONS') ? { kind: 'wrong-method', allowed } : { kind: 'not-found' }
  }
}

/** The router only finds; {@link RouteMatch} is called by the server, which knows more than the router hands over. */
function unused(): void {}
