import { anonymousTokenSource } from './anonymous-token-source.ts'

test('a bot without credentials gets no token, and has none to forget', async () => {
  anonymousTokenSource.forget('https://api.botframework.com', 'token')
  expect(await anonymousTokenSource.getToken('https://api.botframework.com')).toBeUndefined()
})
