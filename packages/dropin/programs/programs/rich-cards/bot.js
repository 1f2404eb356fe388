const restify = require('restify')
const {
  ActivityHandler,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
} = require('botbuilder')
const AdaptiveCard = require('./adaptive-card.json')

class RichCardsBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      if (context.activity.value) {
        await context.sendActivity(`Booked for ${context.activity.value.day}.`)
        return next()
      }
      const card = this.cards[context.activity.text]
      if (card) await context.sendActivity({ attachments: [card()] })
      else
        await context.sendActivity(
          MessageFactory.list(
            Object.values(this.cards).map((make) => make()),
            'All of them',
          ),
        )
      await next()
    })
    this.cards = {
      adaptive: () => CardFactory.adaptiveCard(AdaptiveCard),
      animation: () =>
        CardFactory.animationCard(
          'A moving picture',
          [{ url: 'https://example.com/moving.gif' }],
          ['https://example.com/still.png'],
          { subtitle: 'It moves' },
        ),
      audio: () =>
        CardFactory.audioCard('A sound', ['https://example.com/sound.mp3'], CardFactory.actions(['Louder']), {
          subtitle: 'Turn it up',
          text: 'Recorded outside.',
        }),
      hero: () =>
        CardFactory.heroCard(
          'A hero',
          CardFactory.images(['https://example.com/hero.png']),
          CardFactory.actions([{ type: 'openUrl', title: 'Get started', value: 'https://example.com/start' }]),
        ),
      oauth: () => CardFactory.oauthCard('a-connection', 'Sign in', 'Please sign in.'),
      o365: () =>
        CardFactory.o365ConnectorCard({
          title: 'Report',
          sections: [{ title: 'Numbers', facts: [{ name: 'sold', value: '3' }] }],
          potentialAction: [],
        }),
      receipt: () =>
        CardFactory.receiptCard({
          title: 'A. Buyer',
          facts: [{ key: 'Order number', value: '1234' }],
          items: [
            { title: 'Traffic', price: '$38.45', quantity: 368, image: { url: 'https://example.com/traffic.png' } },
            { title: 'Storage', price: '$45.00', quantity: 720 },
          ],
          tax: '$7.50',
          total: '$90.95',
          buttons: CardFactory.actions([{ type: 'openUrl', title: 'More', value: 'https://example.com/prices' }]),
        }),
      signin: () => CardFactory.signinCard('Sign in now', 'https://example.com/login', 'Who are you?'),
      thumbnail: () =>
        CardFactory.thumbnailCard(
          'A small one',
          'With text',
          [{ url: 'https://example.com/small.png' }],
          ['One', 'Two'],
          {
            subtitle: 'and buttons',
          },
        ),
      video: () =>
        CardFactory.videoCard(
          'A film',
          [{ url: 'https://example.com/film.mp4' }],
          [{ type: 'openUrl', title: 'Learn more', value: 'https://example.com/film' }],
          { subtitle: 'by somebody', autostart: true },
        ),
    }
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const bot = new RichCardsBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', (req, res, next) => {
  adapter.process(req, res, (context) => bot.run(context)).then(() => next(), next)
})
server.listen(process.env.PORT)
