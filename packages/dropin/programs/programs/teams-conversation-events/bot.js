const express = require('express')
const { CloudAdapter, ConfigurationBotFrameworkAuthentication, TeamsActivityHandler } = require('botbuilder')

class EventsBot extends TeamsActivityHandler {
  constructor() {
    super()
    const say =
      (make) =>
      async (context, next, ...rest) => {
        await context.sendActivity(make(context, ...rest))
        await next()
      }
    this.onTeamsMembersAddedEvent(async (membersAdded, teamInfo, context, next) => {
      for (const member of membersAdded) {
        const email = member.email ? ` <${member.email}>` : ''
        await context.sendActivity(`Welcome to ${teamInfo ? teamInfo.name : 'the chat'}, ${member.name}${email}`)
      }
      await next()
    })
    this.onTeamsMembersRemovedEvent(async (membersRemoved, teamInfo, context, next) => {
      await context.sendActivity(`${membersRemoved.map(({ id }) => id).join()} left ${teamInfo.id}`)
      await next()
    })
    for (const event of ['Created', 'Deleted', 'Renamed', 'Restored']) {
      this[`onTeamsChannel${event}Event`](async (channelInfo, teamInfo, context, next) => {
        await context.sendActivity(`channel ${channelInfo.name} ${event} in ${teamInfo.name}`)
        await next()
      })
    }
    for (const event of ['Archived', 'Deleted', 'HardDeleted', 'Renamed', 'Restored', 'Unarchived']) {
      this[`onTeamsTeam${event}Event`](async (teamInfo, context, next) => {
        await context.sendActivity(`team ${teamInfo.name} ${event}`)
        await next()
      })
    }
    this.onTeamsMessageEditEvent(say((context) => `edited: ${context.activity.text}`))
    this.onTeamsMessageUndeleteEvent(say((context) => `undeleted: ${context.activity.text}`))
    this.onTeamsMessageSoftDeleteEvent(say((context) => `deleted: ${context.activity.id}`))
    this.onTeamsReadReceiptEvent(async (receiptInfo, context, next) => {
      const isRead = receiptInfo.isMessageRead('1000')
      await context.sendActivity(`read ${receiptInfo.lastReadMessageId}, 1000 read: ${isRead}`)
      await next()
    })
    this.onTeamsMeetingStartEvent(async (meeting, context, next) => {
      await context.sendActivity(`${meeting.title} starts ${meeting.startTime.toISOString()}`)
      await next()
    })
    this.onTeamsMeetingEndEvent(async (meeting, context, next) => {
      await context.sendActivity(`${meeting.title} ends ${meeting.endTime.toISOString()}`)
      await next()
    })
    this.onConversationUpdate(async (context, next) => {
      console.log(`update: ${context.activity.channelData && context.activity.channelData.eventType}`)
      await next()
    })
    this.onInstallationUpdateAdd(say((context) => `installed by ${context.activity.from.name}`))
    this.onInstallationUpdateRemove(say(() => 'removed'))
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
adapter.onTurnError = async (context, error) => {
  console.error(error.stack)
}
const bot = new EventsBot()
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
