import type { Activity } from '@parley/core'
import type { TeamsMember } from './members.ts'

/** A message to many: users, a tenant, a team or channels. */
export interface BatchOperationRequest {
  activity: Activity
  tenantId: string
  teamId?: string
  members?: TeamsMember[]
}

/** The operation that delivers a message to many. */
export interface BatchOperationResponse {
  /** Asks for the state and the failed entries. */
  operationId: string
}

/** How far an operation is. */
export interface BatchOperationStateResponse {
  /** `Active`, `Completed`, … */
  state: string
  /** How many entries ended with which HTTP status. */
  statusMap: Record<number, number>
  /** When it makes sense to ask again. */
  retryAfter?: Date
  totalEntriesCount: number
}

/** A recipient an operation did not reach. */
export interface BatchFailedEntry {
  id: string
  error: string
}

/** One page of the recipients an operation did not reach. */
export interface BatchFailedEntriesResponse {
  /** Asks for the next page; absent on the last one. */
  continuationToken: string
  failedEntryResponses: BatchFailedEntry[]
}
