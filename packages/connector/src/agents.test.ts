import { lookup } from 'node:dns'
import { createAgents } from './agents.ts'

test('certificates are verified whatever NODE_TLS_REJECT_UNAUTHORIZED says, and names resolved as told', () => {
  const { httpAgent, httpsAgent, destroy } = createAgents(lookup)

  expect(httpsAgent).toMatchObject({ options: { rejectUnauthorized: true, keepAlive: true, lookup } })
  expect(httpAgent).toMatchObject({ options: { keepAlive: true, lookup } })
  destroy()
})
