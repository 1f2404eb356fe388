/** The floor: what node:http costs to take an activity and post a reply, without any check. */
import { Agent, createServer, request as httpRequest } from 'node:http'
import { listen } from '../process/listen.mjs'
import { createOutboundToken } from './outbound-token.mjs'

/** @param {import('../world/world.d.ts').World} world */
export async function start(world) {
  const agent = new Agent({ keepAlive: true })
  const authorization = `Bearer ${await createOutboundToken(world)()}`
  const server = createServer((request, response) => {
    void textOf(request)
      .then(JSON.parse)
      .then((activity) => post(agent, authorization, activity.serviceUrl, echoOf(activity)))
      .then(() => response.writeHead(200, { 'Content-Length': 0 }).end())
  })
  return listen(server)
}

/** @param {Record<string, any>} activity */
function echoOf({ id, text, channelId, serviceUrl, from, conversation, recipient, locale }) {
  return {
    type: 'message',
    text: `Echo: ${text}`,
    inputHint: 'acceptingInput',
    channelId,
    serviceUrl,
    from: recipient,
    recipient: from,
    conversation,
    locale,
    replyToId: id,
  }
}

/**
 * @param {Agent} agent
 * @param {string} authorization
 * @param {string} serviceUrl
 * @param {Record<string, any>} reply
 */
function post(agent, authorization, serviceUrl, reply) {
  const path = `v3/conversations/${encodeURIComponent(reply['conversation'].id)}/activities/${reply['replyToId']}`
  const body = JSON.stringify(reply)
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: authorization,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
    }
    const request = httpRequest(new URL(path, serviceUrl), { method: 'POST', agent, headers }, (response) => {
      textOf(response).then((text) => resolve(JSON.parse(text)), reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}

/**
 * @param {import('node:http').IncomingMessage} message
 * @returns {Promise<string>}
 */
function textOf(message) {
  return new Promise((resolve, reject) => {
    let text = ''
    message.setEncoding('utf8').on('data', (part) => (text += part))
    message.on('end', () => resolve(text))
    message.on('error', reject)
  })
}
