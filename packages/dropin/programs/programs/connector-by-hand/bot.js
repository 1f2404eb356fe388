const express = require('express')
const { ActivityFactory, StatusCodes, StringUtils, TurnContext } = require('botbuilder')
const { delay, maybeCast, stringify } = require('botbuilder-stdlib')
const {
  ConnectorClient,
  MicrosoftAppCredentials,
  SimpleCredentialProvider,
  JwtTokenValidation,
  SkillValidation,
} = require('botframework-connector')
const { ActivityTypes, ActivityEx, Channels, RoleTypes } = require('botframework-schema')
const { TeamsActivityHandler } = require('botbuilder/lib/teamsActivityHandler')

/** A bot without an adapter: it takes activities and calls the connector itself. */
const provider = new SimpleCredentialProvider('', '')
const app = express()
app.use(express.json())
app.post('/api/messages', async (req, res) => {
  const activity = req.body
  try {
    const identity = await JwtTokenValidation.authenticateRequest(
      activity,
      req.headers.authorization || '',
      provider,
      '',
    )
    res.status(StatusCodes.OK).end()
    await delay(1)
    const client = new ConnectorClient(new MicrosoftAppCredentials('', ''), { baseUri: activity.serviceUrl })
    await answer(client, activity, identity)
  } catch (error) {
    console.error(error)
    if (!res.headersSent) res.status(error.statusCode || 500).json({ message: error.message })
  }
})

async function answer(client, activity, identity) {
  const conversationId = activity.conversation.id
  const reference = TurnContext.getConversationReference(activity)
  const make = (more) => TurnContext.applyConversationReference({ type: ActivityTypes.Message, ...more }, reference)
  const known = [
    `auth ${identity.isAuthenticated}`,
    `skill ${SkillValidation.isSkillClaim(identity.claims)}`,
    `handler ${typeof TeamsActivityHandler}`,
    StringUtils.ellipsis('a long text', 6),
    stringify({ a: 1 }),
    maybeCast(activity.text),
    `${Channels.Msteams} ${RoleTypes.Bot}`,
  ]
  const { id } = await client.conversations.replyToActivity(
    conversationId,
    activity.id,
    make({ text: known.join(', ') }),
  )
  await client.conversations.updateActivity(conversationId, id, make({ id, text: 'changed' }))
  const members = await client.conversations.getConversationMembers(conversationId)
  const { status } = members._response
  await client.conversations.sendToConversation(conversationId, make({ text: `${members.length} members, ${status}` }))
  const { attachments } = ActivityFactory.fromObject({ type: 'message', text: 'made', attachments: [] })
  const reply = ActivityEx.createReply(activity, `reply with ${(attachments || []).length}`)
  await client.conversations.replyToActivity(conversationId, reply.replyToId, reply)
  try {
    await client.conversations.getConversationMember(conversationId, 'nobody')
  } catch (error) {
    await client.conversations.sendToConversation(
      conversationId,
      make({ text: `${error.statusCode} ${error.code}: ${error.message}` }),
    )
  }
  await client.conversations.deleteActivity(conversationId, id)
}
app.listen(process.env.PORT)
