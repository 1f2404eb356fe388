import type { BotRegistry } from '../../bots/bot-registry.ts'
import type { RegisteredBot } from '../../bots/registered-bot.ts'
import type { Conversations } from '../../conversations/conversations.ts'
import { newTeamsChatId } from '../../conversations/conversation-ids.ts'
import { ServiceOptionError } from '../../errors.ts'
import type { ConversationRecord } from '../../store/conversation-record.ts'
import type { TeamsMeeting, TeamsMember, TeamsTeam } from './teams-model.ts'

/** The channel of all conversations made here. */
export const TEAMS_CHANNEL = 'msteams'

/** Tenant of what names none. */
const DEFAULT_TENANT = '00000000-0000-4000-8000-00000000cafe'

/**
 * The teams and meetings that bots find themselves in. Every channel of a team and the chat of a meeting is a conversation:
 * bots send to it and list its members by the ordinary calls, and a program speaks in it with the Direct Line secret. Before the
 * first time it does, the bot hears that it was added.
 */
export class Teams {
  private readonly conversations: Conversations
  private readonly bots: BotRegistry
  private readonly teams: Map<string, TeamsTeam> = new Map()
  private readonly meetings: Map<string, TeamsMeeting> = new Map()

  constructor(conversations: Conversations, bots: BotRegistry) {
    this.conversations = conversations
    this.bots = bots
  }

  /** Puts a bot into a team, or changes the team. @throws ServiceOptionError `SERVICE_OPTION` when there is no such bot. */
  addTeam(team: TeamsTeam): void {
    const bot = this.botOf(team)
    const { id, name, channels = [], members = [], tenantId = DEFAULT_TENANT } = team
    this.teams.set(id, team)
    for (const channel of [{ id, name: 'General' }, ...channels]) {
      const wire = {
        conversation: { conversationType: 'channel', isGroup: true, tenantId, name: channel.name },
        channelData: { team: { id, name }, channel: { id: channel.id, name: channel.name }, tenant: { id: tenantId } },
      }
      // A bot is told of the team once, in General.
      this.place(bot, channel.id, members, wire, channel.id === id)
    }
  }

  /** Puts a bot into a meeting, or changes the meeting. @throws ServiceOptionError `SERVICE_OPTION` as for a team. */
  addMeeting(meeting: TeamsMeeting): void {
    const bot = this.botOf(meeting)
    const { id, conversationId, participants = [], tenantId = DEFAULT_TENANT } = meeting
    this.meetings.set(id, meeting)
    const members = participants.map(({ user }) => user)
    const wire = {
      conversation: { conversationType: 'groupChat', isGroup: true, tenantId },
      channelData: { meeting: { id }, tenant: { id: tenantId } },
    }
    this.place(bot, conversationId, members, wire, true)
  }

  /** A team the bot is in. */
  team(bot: RegisteredBot, teamId: string): TeamsTeam | undefined {
    const team = this.teams.get(teamId)
    return team && this.botOf(team).appId === bot.appId ? team : undefined
  }

  /** A meeting the bot is in. */
  meeting(bot: RegisteredBot, meetingId: string): TeamsMeeting | undefined {
    const meeting = this.meetings.get(meetingId)
    return meeting && this.botOf(meeting).appId === bot.appId ? meeting : undefined
  }

  /** Everybody in the teams of the bot; of one tenant, if it is given. */
  membersOf(bot: RegisteredBot, tenantId?: string): readonly TeamsMember[] {
    const own = [...this.teams.values()].filter((team) => this.botOf(team).appId === bot.appId)
    const there = own.filter((team) => tenantId === undefined || (team.tenantId ?? DEFAULT_TENANT) === tenantId)
    const members = there.flatMap((team) => team.members ?? [])
    return [...new Map(members.map((member) => [member.id, member])).values()]
  }

  /** Somebody of the bot's teams, by `29:…` or by object id. */
  memberOf(bot: RegisteredBot, id: string): TeamsMember | undefined {
    return this.membersOf(bot).find((member) => member.id === id || member.aadObjectId === id)
  }

  /** The chat of a bot with one person; a new one if they have none. */
  chatWith(bot: RegisteredBot, member: TeamsMember, tenantId: string = DEFAULT_TENANT): ConversationRecord {
    const known = this.conversations.store.findDirect(bot.appId, member.id)
    if (known) return known
    return this.conversations.open({
      id: newTeamsChatId(this.conversations.chance),
      bot,
      channelId: TEAMS_CHANNEL,
      user: member,
      wire: { conversation: { conversationType: 'personal', tenantId }, channelData: { tenant: { id: tenantId } } },
    })
  }

  private place(
    bot: RegisteredBot,
    id: string,
    members: readonly TeamsMember[],
    wire: NonNullable<ConversationRecord['wire']>,
    isInstalled: boolean,
  ): void {
    const others = members.filter((member) => member.id !== bot.account.id)
    const isNew = !this.conversations.get(id)
    this.conversations.atomically(() => {
      if (isNew) this.conversations.open({ id, bot, channelId: TEAMS_CHANNEL, isGroup: true, wire })
      // Kept from an earlier run, it may be of another bot. Who else is in a team is not announced one by one.
      const changes = { botId: bot.appId, members: [bot.account, ...others], userIntroduced: true, wire }
      this.conversations.change(id, changes)
      const conversation = this.conversations.get(id)
      if (isNew && isInstalled && conversation) this.conversations.addIntroduction(conversation, bot, [bot.account])
    })
  }

  private botOf({ id, botId }: TeamsTeam | TeamsMeeting): RegisteredBot {
    const bot = botId === undefined ? this.bots.first : this.bots.find(botId)
    if (!bot) throw new ServiceOptionError(`teams[${id}].botId`, 'must be a registered bot')
    return bot
  }
}
