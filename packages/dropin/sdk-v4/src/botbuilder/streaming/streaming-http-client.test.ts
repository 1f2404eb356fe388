import type { OpenValue } from '@parley/core'
import { StreamingHttpClient } from './streaming-http-client.ts'

const server: OpenValue = {}

test('a client without a server is an error', () => {
  expect(() => new StreamingHttpClient(undefined as OpenValue)).toThrow(
    new Error('StreamingHttpClient: Expected server.'),
  )
})

test('nothing to send is an error', async () => {
  const sending = new StreamingHttpClient(server).sendRequest(undefined)
  await expect(sending).rejects.toThrow(new Error('StreamingHttpClient.sendRequest(): missing "httpRequest" parameter'))
})

test('who sends is told what to do instead', async () => {
  const sending = new StreamingHttpClient(server).sendRequest({ url: 'https://channel.example' })
  await expect(sending).rejects.toMatchObject({ message: expect.stringContaining('HTTP messages endpoint') })
})
