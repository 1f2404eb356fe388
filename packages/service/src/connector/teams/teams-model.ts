/** Somebody in Microsoft Teams, as the connector describes members. */
export interface TeamsMember {
  /** Such as `29:1abc…`. */
  readonly id: string
  /** Object id in Entra ID. */
  readonly aadObjectId?: string
  readonly name?: string
  readonly email?: string
  readonly [field: string]: unknown
}

/** A channel of a team. */
export interface TeamsChannel {
  /** Such as `19:…@thread.tacv2`. */
  readonly id: string
  readonly name: string
  readonly type?: string
}

/** A team with a bot in it. */
export interface TeamsTeam {
  /** Such as `19:…@thread.tacv2`; also the id of its channel General. */
  readonly id: string
  readonly name: string
  /** App id of the bot in it. Default: the one registered first. */
  readonly botId?: string
  readonly tenantId?: string
  readonly aadGroupId?: string
  /** Without General, which every team has. Default none. */
  readonly channels?: readonly TeamsChannel[]
  readonly members?: readonly TeamsMember[]
}

/** A meeting with a bot in it. */
export interface TeamsMeeting {
  /** As bots know it: base64 of its thread and more. */
  readonly id: string
  /** App id of the bot in it. Default: the one registered first. */
  readonly botId?: string
  readonly tenantId?: string
  /** Id of its chat, such as `19:meeting_…@thread.v2`. */
  readonly conversationId: string
  /** What `GET /v1/meetings/{id}` tells as `details`, beside the id: `title`, `joinUrl`, `scheduledStartTime`, `type` … */
  readonly details?: Readonly<Record<string, unknown>>
  readonly organizer?: TeamsMember
  readonly participants?: readonly TeamsParticipant[]
}

export interface TeamsParticipant {
  readonly user: TeamsMember
  /** `Organizer`, `Presenter` or `Attendee`. */
  readonly role: string
  readonly inMeeting: boolean
}
