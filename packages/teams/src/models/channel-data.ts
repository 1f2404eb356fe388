/** A channel of a team. */
export interface ChannelInfo {
  id?: string
  /** Absent for the team's General channel, which clients name in the user's language. */
  name?: string
  /** `standard`, `shared` or `private`. */
  type?: string
}

/** The channels of a team. */
export interface ConversationList {
  conversations?: ChannelInfo[]
}

/** What the Teams service knows about a team when it is asked. */
export interface TeamDetails {
  id?: string
  name?: string
  /** Id of the team's group in Entra ID. */
  aadGroupId?: string
  channelCount?: number
  memberCount?: number
  /** `standard`, `sharedChannel` or `privateChannel`. */
  type?: string
}

/** The team an activity comes from. */
export interface TeamInfo {
  id?: string
  /** Present when the team was renamed. */
  name?: string
  /** Id of the team's group in Entra ID. */
  aadGroupId?: string
}

/** How a message draws attention to itself. */
export interface NotificationInfo {
  /** Show the message in the user's activity feed. */
  alert?: boolean
  /** Show the message as a bubble in the meeting. */
  alertInMeeting?: boolean
  /** Address of the page the bubble shows. */
  externalResourceUrl?: string
}

/** The organisation an activity comes from. */
export interface TenantInfo {
  id?: string
}

/** The meeting an activity comes from. */
export interface TeamsMeetingInfo {
  /** Base64 text that {@link https://learn.microsoft.com/microsoftteams/platform/apps-in-teams-meetings | meeting} calls take. */
  id?: string
}

/** What the installer of the bot chose. */
export interface TeamsChannelDataSettings {
  /** The channel the bot was added to. */
  selectedChannel?: ChannelInfo
  [properties: string]: unknown
}

/** On whose behalf a message or a notification is sent. */
export interface OnBehalfOf {
  /** Index among the mentions; 0. */
  itemid: number
  /** `person`. */
  mentionType: 'person' | (string & {})
  /** Id of the person, `29:…`. */
  mri: string
  displayName?: string
}

/** `channelData` of an activity from or to Teams. */
export interface TeamsChannelData {
  channel?: ChannelInfo
  /** What a `conversationUpdate`, `messageUpdate` or `messageDelete` is about, e.g. `channelCreated`, `editMessage`. */
  eventType?: string
  team?: TeamInfo
  notification?: NotificationInfo
  tenant?: TenantInfo
  meeting?: TeamsMeetingInfo
  settings?: TeamsChannelDataSettings
  onBehalfOf?: OnBehalfOf[]
}
