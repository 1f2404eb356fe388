import { ConsoleConnector, HeroCard, MemoryBotStorage, Message, UniversalBot } from '../index.ts'

test('a bot answers a line with lines', async () => {
  const written: string[] = []
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
  const connector = new ConsoleConnector()
  const bot = new UniversalBot(connector, (session) => {
    session.send('You said %s', session.message.text)
    session.send(new Message(session).addAttachment(new HeroCard(session).title('T')))
  })
  bot.set('storage', new MemoryBotStorage()).set('autoBatchDelay', 0)
  const sent = new Promise((resolve) => {
    bot.on('outgoing', () => setImmediate(resolve))
  })
  connector.processMessage('hi')
  await sent
  write.mockRestore()
  expect(written).toEqual([
    'You said hi\n',
    '{"contentType":"application/vnd.microsoft.card.hero","content":{"title":"T"}}\n',
  ])
})
