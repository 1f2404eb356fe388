import { useTogether } from '../../test/start-together.ts'

const together = useTogether(undefined, { trustedOrigins: ['https://example.com'] })

const call = async (method: string, path: string, headers: Record<string, string>): Promise<Response> =>
  fetch(`${together.service.url}/v3/directline${path}`, { method, headers })

/** The headers that matter to a browser. */
const corsOf = ({ headers }: Response): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'))

const PATHS = [
  '/tokens/generate',
  '/tokens/refresh',
  '/conversations',
  '/conversations/x',
  '/conversations/x/activities',
  '/conversations/x/upload',
  '/session/getsessionid',
]

test.each(PATHS)('a page may ask whether it may call %s', async (path) => {
  for (const origin of ['https://example.com', 'http://localhost:3000', 'http://[::1]:8080']) {
    const answer = await call('OPTIONS', path, { Origin: origin, 'Access-Control-Request-Method': 'POST' })
    expect([answer.status, await answer.text(), corsOf(answer)]).toEqual([
      204,
      '',
      {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'GET,POST,PUT,DELETE,OPTIONS',
        'access-control-allow-headers': 'authorization,content-type,x-ms-bot-agent,x-requested-with',
        'access-control-max-age': '600',
        vary: 'Origin',
      },
    ])
  }
})

test('whoever asks is not told about others', async () => {
  for (const [method, path] of [
    ['OPTIONS', '/conversations'],
    ['POST', '/conversations'],
    ['GET', '/session/getsessionid'],
  ] as const) {
    const answer = await call(method, path, { Origin: 'https://evil.example' })
    expect([method, answer.status, corsOf(answer)]).toEqual([method, 403, { vary: 'Origin' }])
    const programs = await call(method, path, {})
    expect(corsOf(programs)).toMatchObject({ vary: 'Origin' })
    expect(corsOf(programs)['access-control-allow-origin']).toBeUndefined()
  }
})

test('a page may read why it was refused, and when to come again', async () => {
  const answer = await call('POST', '/conversations', { Origin: 'https://example.com' })
  expect(answer.status).toBe(401)
  expect(corsOf(answer)).toEqual({
    'access-control-allow-origin': 'https://example.com',
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Accept-Ranges,Content-Range,ETag,Retry-After,X-Correlating-OperationId',
    vary: 'Origin',
  })
})
