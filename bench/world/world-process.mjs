/** Everything around the bot, in one process: the identity provider and the channel's connector. */
import { createServer } from 'node:http'
import { answer } from '../process/answer.mjs'
import { listen } from '../process/listen.mjs'
import { Connector } from './connector.mjs'
import { APP_ID, APP_PASSWORD, TENANT_ID, createIdentity } from './identity.mjs'

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (text) => (body += text))
  request.on('end', () => {
    const { status, body: content } = handle(request, body)
    const text = JSON.stringify(content)
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
    response.end(text)
  })
})
// A reply must never meet a connection that is being closed for idleness between two windows.
server.keepAliveTimeout = 0

const origin = `http://127.0.0.1:${await listen(server)}`
const serviceUrl = `${origin}/amer/`
const identity = createIdentity(origin, serviceUrl)
const connector = new Connector(identity.outboundToken)

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {string} body
 * @returns {{ status: number, body: object }}
 */
function handle(request, body) {
  const document = identity.documents[`${request.method} ${request.url}`]
  return document ? { status: 200, body: document } : connector.take(request, body)
}

answer({
  describe: () => ({
    origin,
    serviceUrl,
    appId: APP_ID,
    appPassword: APP_PASSWORD,
    tenantId: TENANT_ID,
    inboundTokens: identity.inboundTokens,
    refusedTokens: identity.refusedTokens,
    tokenUrl: `${origin}/botframework.com/oauth2/v2.0/token`,
  }),
  replies: () => Object.fromEntries(connector.replies),
  drain: () => connector.drain(),
  honourKeys: ({ honoursKeys }) => {
    connector.honoursKeys = honoursKeys
  },
})
