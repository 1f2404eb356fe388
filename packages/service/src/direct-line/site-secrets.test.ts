import { startService } from '@parley/service'
import { DirectLineClient } from '../../test/direct-line-client.ts'
import { startTogether, useTogether } from '../../test/start-together.ts'

const SECOND = 'the-second-secret-of-the-site'
const together = useTogether(undefined, { secondDirectLineSecret: SECOND })

test('either of two secrets generates tokens, starts conversations and reads all of them', async () => {
  const second = new DirectLineClient(together.service.url, SECOND)
  const { conversationId } = await together.directLine.start()
  for (const client of [together.directLine, second]) {
    expect((await client.call('POST', '/tokens/generate')).status).toBe(200)
    expect((await client.call('POST', '/conversations')).status).toBe(201)
    expect((await client.call('GET', `/conversations/${conversationId}/activities`)).status).toBe(200)
  }
})

test.each(['', 'the-second-secret-of-the-sit', 'the-second-secret-of-the-site!', 'undefined'])(
  '%j is neither of them',
  async (credential) => {
    const answer = await new DirectLineClient(together.service.url, credential).call('POST', '/tokens/generate')
    expect([401, 403]).toContain(answer.status)
  },
)

test('without a second one nothing is good for it', async () => {
  const { service } = await startTogether()
  for (const credential of [SECOND, 'undefined', '']) {
    const answer = await new DirectLineClient(service.url, credential).call('POST', '/tokens/generate')
    expect([401, 403]).toContain(answer.status)
  }
})

test('a second one that can be guessed is refused at the start', async () => {
  await expect(startService({ port: 0, secondDirectLineSecret: 'short' })).rejects.toMatchObject({
    code: 'SERVICE_OPTION',
  })
})
