const restify = require('restify')
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  INVOKE_RESPONSE_KEY,
  InvokeException,
  StatusCodes,
} = require('botbuilder')

class InvokeBot extends ActivityHandler {
  async onInvokeActivity(context) {
    switch (context.activity.name) {
      case 'shop/price':
        return { status: 200, body: { price: context.activity.value.count * 2 } }
      case 'shop/empty':
        return { status: StatusCodes.OK }
      case 'shop/teapot':
        return new InvokeException(418, 'short and stout').createInvokeResponse()
      case 'shop/bare':
        return new InvokeException(StatusCodes.NOT_FOUND).createInvokeResponse()
      case 'shop/sent':
        await context.sendActivity({ type: 'invokeResponse', value: { status: 202, body: ['sent'] } })
        await context.sendActivity('by hand')
        return undefined
      case 'shop/kept':
        context.turnState.set(INVOKE_RESPONSE_KEY, { type: 'invokeResponse', value: { status: 203, body: 'kept' } })
        return { status: 200, body: 'never' }
      case 'shop/missing':
        throw new Error('NotImplemented')
      case 'shop/crash':
        throw new Error('out of stock')
      default:
        return super.onInvokeActivity(context)
    }
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const bot = new InvokeBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
