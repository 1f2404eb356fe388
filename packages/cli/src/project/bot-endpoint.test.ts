import { authorityOf, botEndpointOf, hostOf, parseBotEndpoint, portOf } from './bot-endpoint.ts'

test.each([
  ['3978', 'http://localhost:3978/api/messages'],
  ['localhost:3980', 'http://localhost:3980/api/messages'],
  ['127.0.0.1:3980/bot', 'http://127.0.0.1:3980/bot'],
  ['[::1]:3980', 'http://[::1]:3980/api/messages'],
  ['http://localhost:3978', 'http://localhost:3978/api/messages'],
  ['https://bot.example.com/messages?code=1', 'https://bot.example.com/messages?code=1'],
])('%s means %s', (text, href) => {
  expect(parseBotEndpoint(text).href).toBe(href)
})

test.each(['', 'http://', 'ftp://localhost', '99999999', 'localhost:99999', 'http://user:secret@localhost', 'a b'])(
  '%j is no address of a bot',
  (text) => {
    expect(() => parseBotEndpoint(text)).toThrow(expect.objectContaining({ code: 'CLI_USAGE' }))
  },
)

test('an address has a host and a port as sockets take them', () => {
  const addresses = ['http://[::1]:5/', 'http://a/', 'https://a/'].map((text) => new URL(text))
  expect(addresses.map((url) => [hostOf(url), portOf(url), authorityOf(url)])).toEqual([
    ['::1', 5, '[::1]:5'],
    ['a', 80, 'a:80'],
    ['a', 443, 'a:443'],
  ])
})

test('without an address it is the one of the variables, the port of .env, or the default', () => {
  const project = { variables: { BOT_ENDPOINT: 'http://a/b', PORT: '1' }, dotEnv: { PORT: '2' }, hasDotEnv: true }
  expect(botEndpointOf('5', project).href).toBe('http://localhost:5/api/messages')
  expect(botEndpointOf(undefined, project).href).toBe('http://a/b')
  expect(botEndpointOf(undefined, { ...project, variables: {} }).port).toBe('2')
  expect(botEndpointOf(undefined, { ...project, variables: {}, dotEnv: {} }).port).toBe('3978')
})
