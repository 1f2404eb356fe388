const restify = require('restify')
const {
  ActionTypes,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  TeamsActivityHandler,
  TeamsInfo,
  TurnContext,
  teamsGetTeamInfo,
  teamsGetTenant,
} = require('botbuilder')

class TeamsConversationBot extends TeamsActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      TurnContext.removeRecipientMention(context.activity)
      const text = context.activity.text.trim().toLocaleLowerCase()
      if (text.includes('mention')) await this.mentionActivity(context)
      else if (text.includes('update')) await this.cardActivity(context, true)
      else if (text.includes('delete')) await this.deleteCardActivity(context)
      else if (text.includes('message')) await this.messageAllMembers(context)
      else if (text.includes('who')) await this.getSingleMember(context)
      else if (text.includes('team')) await this.describeTeam(context)
      else await this.cardActivity(context, false)
      await next()
    })
  }

  async cardActivity(context, isUpdate) {
    const cardActions = [
      { type: ActionTypes.MessageBack, title: 'Who am I?', value: null, text: 'whoami' },
      { type: ActionTypes.MessageBack, title: 'Delete card', value: null, text: 'Delete' },
    ]
    if (isUpdate) await this.sendUpdateCard(context, cardActions)
    else await this.sendWelcomeCard(context, cardActions)
  }

  async sendUpdateCard(context, cardActions) {
    const data = context.activity.value
    data.count += 1
    cardActions.push({ type: ActionTypes.MessageBack, title: 'Update Card', value: data, text: 'UpdateCardAction' })
    const card = CardFactory.heroCard('Updated card', `Update count: ${data.count}`, null, cardActions)
    card.id = context.activity.replyToId
    const message = MessageFactory.attachment(card)
    message.id = context.activity.replyToId
    await context.updateActivity(message)
  }

  async sendWelcomeCard(context, cardActions) {
    const initialValue = { count: 0 }
    cardActions.push({
      type: ActionTypes.MessageBack,
      title: 'Update Card',
      value: initialValue,
      text: 'UpdateCardAction',
    })
    await context.sendActivity(MessageFactory.attachment(CardFactory.heroCard('Welcome card', '', null, cardActions)))
  }

  async deleteCardActivity(context) {
    await context.deleteActivity(context.activity.replyToId)
  }

  async getSingleMember(context) {
    try {
      const member = await TeamsInfo.getMember(context, context.activity.from.id)
      await context.sendActivity(MessageFactory.text(`You are: ${member.name}, ${member.userPrincipalName}`))
    } catch (e) {
      if (e.code === 'MemberNotFoundInConversation') await context.sendActivity(`Member not found. (${e.statusCode})`)
      else throw e
    }
  }

  async mentionActivity(context) {
    const mention = {
      mentioned: context.activity.from,
      text: `<at>${context.activity.from.name}</at>`,
      type: 'mention',
    }
    const replyActivity = MessageFactory.text(`Hi ${mention.text}`)
    replyActivity.entities = [mention]
    await context.sendActivity(replyActivity)
  }

  async messageAllMembers(context) {
    const members = await this.getPagedMembers(context)
    const { adapter, activity } = context
    for (const teamMember of members) {
      const message = MessageFactory.text(`Hello ${teamMember.givenName} ${teamMember.surname}.`)
      const convoParams = {
        members: [teamMember],
        tenantId: activity.channelData.tenant.id,
        activity: context.activity,
      }
      await adapter.createConversationAsync(
        '',
        activity.channelId,
        activity.serviceUrl,
        null,
        convoParams,
        async (inner) => {
          const ref = TurnContext.getConversationReference(inner.activity)
          await adapter.continueConversationAsync('', ref, async (proactive) => {
            await proactive.sendActivity(message)
          })
        },
      )
    }
    await context.sendActivity(MessageFactory.text(`All ${members.length} messages have been sent.`))
  }

  async getPagedMembers(context) {
    let continuationToken
    const members = []
    do {
      const page = await TeamsInfo.getPagedMembers(context, 2, continuationToken)
      continuationToken = page.continuationToken
      members.push(...page.members)
    } while (continuationToken)
    return members
  }

  async describeTeam(context) {
    const team = teamsGetTeamInfo(context.activity)
    const details = await TeamsInfo.getTeamDetails(context)
    const channels = await TeamsInfo.getTeamChannels(context)
    const names = channels.map(({ name }) => name || 'General').join(', ')
    await context.sendActivity(`${details.name} (${team.id}, ${teamsGetTenant(context.activity).id}): ${names}`)
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
adapter.onTurnError = async (context, error) => {
  console.error(error)
  await context.sendActivity(`Sorry: ${error.message}`)
}
const bot = new TeamsConversationBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
