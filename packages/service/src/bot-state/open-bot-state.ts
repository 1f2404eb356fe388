import type { ConnectorFaults } from '../connector/faults/connector-faults.ts'
import type { Routes } from '../http/routes.ts'
import type { AccessTokens } from '../identity/access-tokens.ts'
import type { ResolvedServiceOptions } from '../service-options.ts'
import type { ServiceData } from '../store/service-data.ts'
import { BotStateBags } from './bot-state-bags.ts'
import { addBotStateRoutes } from './bot-state-routes.ts'

export interface OpenBotStateOptions {
  readonly options: ResolvedServiceOptions
  readonly data: ServiceData
  readonly routes: Routes
  readonly accessTokens: AccessTokens
  readonly faults: ConnectorFaults
}

/** Lets bots keep bags. @returns the bags, for whoever watches them. */
export function openBotState({ options, data, routes, accessTokens, faults }: OpenBotStateOptions): BotStateBags {
  const { clock, logger, maxBagBytes, strictBotState: strict } = options
  const bags = new BotStateBags({ store: data.bags, clock, logger, maxBagBytes, strict })
  addBotStateRoutes(routes, { bags, accessTokens, faults })
  return bags
}
