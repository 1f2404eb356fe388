import { startBotWithConnector } from '../../../test/bot-with-connector.ts'
import { stopAll } from '../../../test/start-together.ts'
import { failedChecks, lastPost } from '../../../test/token-inspection.ts'
import { TOKEN_FAULT_KINDS } from '../../identity/token-faults.ts'

afterEach(stopAll)

test.each(TOKEN_FAULT_KINDS.map((kind) => [kind]))(
  'a bot of Parley refuses a token that is made wrong: %s',
  async (kind) => {
    const { service, client, conversationId } = await startBotWithConnector()
    await client.say(conversationId, 'hello')
    service.tokenFaults.inject({ kind })
    expect((await client.say(conversationId, 'hello')).status).toBe(502)
    const { token, status } = await lastPost(service, conversationId)
    const names: Record<string, string> = {
      expired: 'expiry',
      'not-yet-valid': 'not before',
      'wrong-audience': 'audience',
      'wrong-issuer': 'issuer',
      'unknown-key': 'key',
      'wrong-service-url': 'service url',
      missing: 'token',
    }
    expect([status, token.verdict, failedChecks(token)]).toEqual([401, 'refused', [names[kind]]])
    expect(token.advice).toMatch(/^The bot is right to refuse it/)
    expect((await client.say(conversationId, 'hello again')).status).toBe(200)
  },
)
