const { BotFrameworkAdapter, TurnContext, TeamsInfo } = require('botbuilder')
const { ConnectorClient, TokenApiClient } = require('botframework-connector')

/** What a framework on top of the SDK makes of its adapter: workers, plugins, an event for every turn. */
class FrameworkAdapter extends BotFrameworkAdapter {
  constructor(options) {
    super(options)
    this.middlewares = { spawn: [(bot, next) => ((bot.teams = TeamsInfo), next())] }
  }

  // Overridden to see that it is used for every connector.
  createConnectorClientInternal(serviceUrl, credentials) {
    this.connectors = (this.connectors || 0) + 1
    return super.createConnectorClientInternal(serviceUrl, credentials)
  }

  async getConnectionInfo(context) {
    const client = this.getOrCreateConnectorClient(context, context.activity.serviceUrl, this.credentials)
    return { isConnector: client instanceof ConnectorClient, hasTokenClient: typeof TokenApiClient === 'function' }
  }

  async getChannels(context) {
    const { channelId, serviceUrl } = context.activity
    return `${channelId} at ${new URL(serviceUrl).hostname}`
  }
}

class Worker {
  constructor(framework, context) {
    this.framework = framework
    this.changeContext(TurnContext.getConversationReference(context.activity), context)
  }

  changeContext(reference, context) {
    this.reference = reference
    this.context = context
  }

  say(message) {
    return this.context.sendActivity(typeof message === 'string' ? { type: 'message', text: message } : message)
  }

  reply(source, message) {
    const activity = { type: 'message', text: message, channelData: {} }
    TurnContext.applyConversationReference(activity, this.reference)
    return this.context.sendActivity({ ...activity, replyToId: source.incoming.id })
  }

  async startConversationWithUser(reference) {
    // Members have no names here.
    await this.framework.adapter.createConversation(reference, async (context) => {
      this.changeContext(TurnContext.getConversationReference(context.activity), context)
      await this.say('Hello in private.')
    })
  }
}

module.exports = { FrameworkAdapter, Worker }
