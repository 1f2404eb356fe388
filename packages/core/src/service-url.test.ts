import { InboundRefusedError } from './errors.ts'
import { checkServiceUrl, normalizeServiceUrl, type ServiceUrlPolicy } from './service-url.ts'

function verdict(url: string, policy?: ServiceUrlPolicy): string {
  try {
    return checkServiceUrl(url, policy).href
  } catch (error) {
    if (error instanceof InboundRefusedError) return `${error.status} ${error.code}`
    throw error
  }
}

const FORBIDDEN = '400 URL_FORBIDDEN'
const SCHEME = '400 URL_SCHEME'

test.each([
  ['https://smba.trafficmanager.net/amer/', 'https://smba.trafficmanager.net/amer/'],
  ['https://smba.trafficmanager.net', 'https://smba.trafficmanager.net/'],
  ['https://connector.test:443/', 'https://connector.test/'],
  ['https://connector.test:8443/', 'https://connector.test:8443/'],
  ['https://1.1.1.1/', 'https://1.1.1.1/'],
  ['https://[2606:4700:4700::1111]/', 'https://[2606:4700:4700::1111]/'],
])('%s may be called', (url, href) => {
  expect(verdict(url)).toBe(href)
})

test.each([
  ['J51 cloud metadata', 'http://169.254.169.254/', FORBIDDEN],
  ['J52 plain http', 'http://connector.test:80', SCHEME],
  ['another scheme', 'ftp://connector.test/', SCHEME],
  ['no host', 'urn:botframework:websocket:directlinespeech', SCHEME],
  ['a script', 'javascript:alert(1)', SCHEME],
  ['a file', 'file:///etc/passwd', SCHEME],
  ['no URL', 'connector', FORBIDDEN],
  ['an empty text', '', FORBIDDEN],
  ['loopback', 'https://127.0.0.1/', FORBIDDEN],
  ['loopback by name', 'https://localhost/', FORBIDDEN],
  ['loopback below the name', 'https://bot.localhost/', FORBIDDEN],
  ['loopback in one number', 'https://2130706433/', FORBIDDEN],
  ['loopback in octal', 'https://0177.0.0.1/', FORBIDDEN],
  ['loopback in hex', 'https://0x7f000001/', FORBIDDEN],
  ['loopback, short', 'https://127.1/', FORBIDDEN],
  ['loopback in wide digits', 'https://１２７.0.0.1/', FORBIDDEN],
  ['loopback, IPv6', 'https://[::1]/', FORBIDDEN],
  ['loopback, mapped', 'https://[::ffff:127.0.0.1]/', FORBIDDEN],
  ['private', 'https://10.1.2.3/', FORBIDDEN],
  ['private, IPv6', 'https://[fd00::1]/', FORBIDDEN],
  ['user info', 'https://connector.test@evil.test/', FORBIDDEN],
  ['a password', 'https://user:secret@connector.test/', FORBIDDEN],
  ['a trailing dot', 'https://connector.test./', FORBIDDEN],
  ['loopback with a trailing dot', 'http://localhost./', SCHEME],
  ['an international name', 'https://cоnnector.test/', FORBIDDEN],
  ['the port of ssh', 'https://connector.test:22/', FORBIDDEN],
  ['the port of plain http', 'https://connector.test:80/', FORBIDDEN],
  ['a query', 'https://connector.test/?x=', FORBIDDEN],
  ['a fragment', 'https://connector.test/#x', FORBIDDEN],
])('refused: %s', (_, url, expected) => {
  expect(verdict(url)).toBe(expected)
})

test.each([
  ['http://localhost:3979/', 'http://localhost:3979/'],
  ['http://127.0.0.1:3979/', 'http://127.0.0.1:3979/'],
  ['http://[::1]:3979/', 'http://[::1]:3979/'],
  ['https://bot.localhost:3979/', 'https://bot.localhost:3979/'],
  ['http://localhost/', 'http://localhost/'],
  ['http://localhost:22/', FORBIDDEN],
  ['http://user@localhost:3979/', FORBIDDEN],
  ['http://10.0.0.1/', FORBIDDEN],
  ['http://connector.test/', SCHEME],
  ['ws://localhost:3979/', SCHEME],
])('%s where loopback is allowed: %s', (url, expected) => {
  expect(verdict(url, { allowLoopback: true })).toBe(expected)
})

test('a refusal does not repeat the URL, which may hold a secret', () => {
  expect(() => checkServiceUrl('https://user:secret@connector.test/')).toThrow(/^(?!.*secret)/)
})

test.each([
  ['HTTPS://Connector.TEST', 'https://connector.test/'],
  ['https://connector.test:443/', 'https://connector.test/'],
  ['http://connector.test:80/a', 'http://connector.test/a/'],
  ['https://connector.test:8443', 'https://connector.test:8443/'],
  ['https://connector.test/Amer', 'https://connector.test/Amer/'],
  ['https://connector.test/amer///', 'https://connector.test/amer/'],
  ['https://connector.test/a//b/', 'https://connector.test/a//b/'],
  ['https://connector.test/?x=1', 'https://connector.test/?x=1'],
  ['not a url', 'not a url'],
])('%s is compared as %s', (url, normal) => {
  expect(normalizeServiceUrl(url)).toBe(normal)
  expect(normalizeServiceUrl(normal)).toBe(normal)
})

test('a URL of 100 000 slashes is normalised in passing', () => {
  expect(normalizeServiceUrl(`https://connector.test/${'/'.repeat(100_000)}`)).toBe('https://connector.test/')
})
