import type { ChannelAccount } from '@parley/core'

/** A person in Teams, with what Entra ID says about him. */
export interface TeamsChannelAccount extends ChannelAccount {
  givenName?: string
  surname?: string
  email?: string
  userPrincipalName?: string
  tenantId?: string
  /** `user`, `guest` or `anonymous`. */
  userRole?: string
}

/** One page of the members of a team or chat. */
export interface TeamsPagedMembersResult {
  /** Asks for the next page; absent on the last one. */
  continuationToken: string
  members: TeamsChannelAccount[]
}

/** Names a recipient of a message to many. */
export type TeamsMember = {
  /** `29:…` or the object id in Entra ID. */
  id: string
}
