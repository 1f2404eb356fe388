import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const posted = {
    type: 'message',
    id: 'x-1',
    timestamp: '2026-01-02T03:04:05.1234567Z',
    localTimestamp: '2026-01-02T05:04:05.123+02:00',
    localTimezone: 'Europe/Helsinki',
    expiration: '2026-02-01T00:00:00Z',
    channelId: 'test',
    serviceUrl: channel.url,
    from: { id: 'user1', name: 'User', aadObjectId: 'aad', role: 'user', properties: { x: 1 } },
    conversation: { id: channel.conversationId, isGroup: false, conversationType: 'personal', tenantId: 't' },
    recipient: channel.bot,
    textFormat: 'plain',
    locale: 'de-DE',
    text: ' Hällo \u{1F600} ',
    entities: [{ type: 'clientInfo', locale: 'de-DE', country: 'DE', platform: 'Web' }],
    channelData: { clientActivityID: '1', nested: [null, { a: 'b' }] },
    attachments: [{ contentType: 'text/html', content: '<p>x</p>' }],
    value: { a: [1, 2.5, true, null] },
    replyToId: 'y-1',
    label: 'l',
    callerId: 'urn:botframework:forged',
  }
  const { status } = await channel.post(posted)
  equal(status, 200)
  const [arrived, message] = channel.replies()
  const { activity, dates } = arrived.value
  deepEqual(dates.sort(), ['expiration', 'localTimestamp', 'timestamp'])
  const { callerId, ...rest } = posted
  deepEqual(activity, {
    ...rest,
    // Who called is not for the caller to say.
    callerId: null,
    timestamp: '2026-01-02T03:04:05.123Z',
    rawTimestamp: posted.timestamp,
    localTimestamp: '2026-01-02T03:04:05.123Z',
    rawLocalTimestamp: posted.localTimestamp,
    expiration: '2026-02-01T00:00:00.000Z',
    rawExpiration: posted.expiration,
  })

  const { from, recipient, conversation, channelId, serviceUrl, replyToId, locale, ...content } = message
  deepEqual(content, {
    type: 'message',
    text: '',
    timestamp: '2026-01-02T00:00:00.000Z',
    localTimestamp: '2026-01-02T03:00:00.000Z',
    expiration: '2026-01-03T00:00:00.000Z',
    textFormat: 'markdown',
    importance: 'high',
    summary: null,
    value: { nested: { when: '1970-01-01T00:00:00.000Z', nothing: null } },
    attachments: [],
    semanticAction: { id: 's', state: 'start', entities: {} },
    textHighlights: [{ text: 'x', occurrence: 1 }],
    listenFor: ['a'],
    suggestedActions: { actions: [{ type: 'imBack', title: 'A', value: 'a', channelData: { x: 1 } }], to: [] },
  })
  equal(replyToId, 'x-1')
  equal(locale, 'de-DE')
  equal(recipient.aadObjectId, 'aad')
  deepEqual(from, channel.bot)
  deepEqual(conversation, posted.conversation)
  equal(channelId, 'test')
  equal(serviceUrl, channel.url)
}
