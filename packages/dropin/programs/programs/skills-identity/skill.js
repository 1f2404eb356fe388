const express = require('express')
const { ActivityHandler, ActivityTypes, CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder')
const {
  AuthenticationConfiguration,
  SkillValidation,
  JwtTokenValidation,
  allowedCallersClaimsValidator,
} = require('botframework-connector')
const { SecretCredentialsFactory } = require('./credentials')

const callers = process.env.AllowedCallers.split(',')
const auth = new ConfigurationBotFrameworkAuthentication(
  process.env,
  new SecretCredentialsFactory('skill-app', 'skill secret'),
  new AuthenticationConfiguration([], allowedCallersClaimsValidator(callers)),
)
const adapter = new CloudAdapter(auth)
const bot = new ActivityHandler()
bot.onMessage(async (context, next) => {
  const { claims } = context.turnState.get(context.adapter.BotIdentityKey)
  if (context.activity.text === 'done') {
    await context.sendActivity({
      type: ActivityTypes.EndOfConversation,
      code: 'completedSuccessfully',
      value: { tea: 1 },
    })
  } else {
    const caller = JwtTokenValidation.getAppIdFromClaims(claims)
    const scope = context.turnState.get(context.adapter.OAuthScopeKey)
    await context.sendActivity(
      `skill ${SkillValidation.isSkillClaim(claims)} of ${caller}, ${context.activity.callerId}, ${scope}`,
    )
  }
  await next()
})
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
