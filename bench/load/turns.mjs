const ID_MARK = '#activity-id#'
const CONVERSATION_MARK = '#conversation#'
const CONVERSATIONS = 1000
const FIRST_ID = 1_700_000_000_000

/**
 * Makes the requests of a channel: a Teams message of about 1.5 KB, each with an id of its own, spread over 1 000
 * conversations. Ids have a fixed width, so that everything but the two ids is made once.
 *
 * @param {{ serviceUrl: string, appId: string, token: string }} channel
 * @returns {(index: number) => string}
 */
export function createTurns({ serviceUrl, appId, token }) {
  const template = JSON.stringify(messageActivity(serviceUrl, appId))
  const length = template.length - ID_MARK.length + 13 - CONVERSATION_MARK.length + 4
  const head = [
    'POST /api/messages HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json; charset=utf-8',
    'User-Agent: bench',
    `Content-Length: ${length}`,
  ].join('\r\n')
  const [beforeId = '', afterId = ''] = `${head}\r\n\r\n${template}`.split(ID_MARK)
  const [middle = '', tail = ''] = afterId.split(CONVERSATION_MARK)
  return (index) => beforeId + (FIRST_ID + index) + middle + String(index % CONVERSATIONS).padStart(4, '0') + tail
}

/**
 * @param {string} serviceUrl
 * @param {string} appId
 */
export function messageActivity(serviceUrl, appId) {
  const tenant = '8b7d1c3e-2a4f-4e6b-b5d9-0a1b2c3d4e5f'
  return {
    text: '<at>Helper</at> could you tell me where the report of last Thursday went, and who changed it since?',
    textFormat: 'plain',
    attachments: [
      {
        contentType: 'text/html',
        content:
          '<div><div><span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">Helper</span>&nbsp;could you tell me where the report of last Thursday went, and who changed it since?</div></div>',
      },
    ],
    type: 'message',
    timestamp: '2026-01-15T09:30:12.2341234Z',
    localTimestamp: '2026-01-15T12:30:12.2341234+03:00',
    localTimezone: 'Europe/Helsinki',
    id: ID_MARK,
    channelId: 'msteams',
    serviceUrl,
    from: {
      id: '29:1rVbq7S0mXk3zQYw4Tn8cJp2LfDgHe6uNaKoWiBtExCy5RvMs9ZPdUhIjGlOFqAkQ',
      name: 'Avery Howard',
      aadObjectId: '3d0f6a52-91c4-4c1b-8e7a-5b2d9f0c6e13',
    },
    conversation: {
      conversationType: 'personal',
      tenantId: tenant,
      id: `a:1pL8xVnQ2wRzT5yKc7Hd9JmBf3GsXe6UaNoWiEtZlC0vMqPu4YkDhSjIgOrFbA${CONVERSATION_MARK}`,
    },
    recipient: { id: `28:${appId}`, name: 'Helper' },
    entities: [
      { mentioned: { id: `28:${appId}`, name: 'Helper' }, text: '<at>Helper</at>', type: 'mention' },
      { locale: 'en-US', country: 'US', platform: 'Web', timezone: 'Europe/Helsinki', type: 'clientInfo' },
    ],
    channelData: {
      tenant: { id: tenant },
      source: { name: 'message' },
      legacy: { replyToId: '1:1q2w3e4r5t6y7u8i9o0p' },
    },
    locale: 'en-US',
  }
}
