const restify = require('restify')
const {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  TeamsActivityHandler,
  TeamsInfo,
} = require('botbuilder')

class MeetingBot extends TeamsActivityHandler {
  constructor() {
    super()
    this.onTeamsMeetingParticipantsJoinEvent(async (meeting, context, next) => {
      await context.sendActivity(`${meeting.members.map(({ user }) => user.name).join()} came`)
      await next()
    })
    this.onTeamsMeetingParticipantsLeaveEvent(async (meeting, context, next) => {
      await context.sendActivity(`${meeting.members.length} left, in meeting: ${meeting.members[0].meeting.inMeeting}`)
      await next()
    })
    this.onMessage(async (context, next) => {
      const say = (value) => context.sendActivity(typeof value === 'string' ? value : JSON.stringify(value))
      const members = [{ id: 'm1' }, { id: 'm2' }]
      const text = MessageFactory.text('to many')
      const commands = {
        info: async () => (await TeamsInfo.getMeetingInfo(context)).details.title,
        participant: async () => (await TeamsInfo.getMeetingParticipant(context)).meeting.role,
        notify: async () =>
          TeamsInfo.sendMeetingNotification(context, {
            type: 'targetedMeetingNotification',
            value: { recipients: ['r1'], surfaces: [{ surface: 'meetingTabIcon', tabEntityId: 'tab' }] },
          }),
        users: async () => (await TeamsInfo.sendMessageToListOfUsers(context, text, 't-1', members)).operationId,
        tenant: async () => (await TeamsInfo.sendMessageToAllUsersInTenant(context, text, 't-1')).operationId,
        team: async () => (await TeamsInfo.sendMessageToAllUsersInTeam(context, text, 't-1', 'team-1')).operationId,
        state: async () => (await TeamsInfo.getOperationState(context, 'op-1')).state,
        channel: async () => {
          const [reference, id] = await TeamsInfo.sendMessageToTeamsChannel(context, text, '19:x', 'bot-app')
          return `${reference.conversation.id} ${id}`
        },
      }
      await say(await commands[context.activity.text]())
      await next()
    })
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
adapter.onTurnError = async (context, error) => {
  console.error(error)
  await context.sendActivity(`Sorry: ${error.message}`)
}
const bot = new MeetingBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
