import { ActivityFactory } from './activity-factory.ts'

const button = (title: string): object => ({ type: 'imBack', title, value: title })

const withAttachment = (attachment: object): object => ({
  type: 'message',
  attachmentLayout: 'list',
  attachments: [attachment],
  inputHint: 'acceptingInput',
})

const card = (kind: string, content: object): object =>
  withAttachment({ contentType: `application/vnd.microsoft.card.${kind}`, content })

const asText = (text: string): object => ({ type: 'message', text, speak: text })

describe('ActivityFactory.fromObject', () => {
  test.each<[unknown, object]>([
    ['hello', asText('hello')],
    [' {"a":1}', asText('{"a":1}')],
    [undefined, { type: 'message' }],
    ['', { type: 'message' }],
    ['  ', { type: 'message' }],
    [null, { type: 'message' }],
    [{}, asText('{}')],
    [5, asText('5')],
    [{ text: 'x' }, asText('{"text":"x"}')],
    [{ lgType: 'zzz' }, asText('{"lgType":"zzz"}')],
    [{ type: 'AdaptiveCard' }, asText('{"type":"AdaptiveCard"}')],
    [{ lgType: 'CardAction', title: 'a' }, asText('{"lgType":"CardAction","title":"a"}')],
    [
      { lgType: 'Activity', Text: 'hi', inputhint: 'accepting', channeldata: { a: 1 } },
      { type: 'message', text: 'hi', inputHint: 'accepting', channelData: { a: 1 } },
    ],
    [
      { lgType: 'Activity', type: 'event', name: 'n', value: 1 },
      { type: 'event', name: 'n', value: 1 },
    ],
    [
      { lgType: 'Activity', SuggestedActions: ['a', { lgType: 'cardaction', title: 'b', value: 'b', foo: 1 }] },
      { type: 'message', suggestedActions: { actions: [button('a'), { ...button('b'), foo: 1 }], to: [] } },
    ],
    [
      { lgType: 'HeroCard', title: 'T', buttons: ['x'], images: 'i', tap: 'a', autoloop: 'true', shareable: 'yes' },
      card('hero', {
        lgType: 'HeroCard',
        title: 'T',
        buttons: [button('x')],
        images: [{ url: 'i' }],
        tap: button('a'),
        autoloop: true,
        shareable: 'yes',
      }),
    ],
    [
      { lgType: 'AnimationCard', media: ['m'], image: 'im', autostart: 'false' },
      card('animation', { lgType: 'AnimationCard', media: [{ url: 'm' }], image: { url: 'im' }, autostart: false }),
    ],
    [
      { lgType: 'OAuthCard', text: 'x', connectionname: 'cn', buttons: [] },
      card('oauth', { lgType: 'OAuthCard', text: 'x', connectionName: 'cn', buttons: [] }),
    ],
    [
      { lgType: 'Attachment', contenttype: 'image/png', contenturl: 'u' },
      withAttachment({ contentType: 'image/png', lgType: 'Attachment', contentUrl: 'u' }),
    ],
    [
      { lgType: 'Attachment', contenttype: 'herocard', content: { title: 'q' } },
      withAttachment({
        contentType: 'application/vnd.microsoft.card.hero',
        lgType: 'Attachment',
        content: { title: 'q' },
      }),
    ],
    [
      { lgType: 'Activity', attachments: [{ lgType: 'ThumbnailCard', title: 'T' }, { type: 'AdaptiveCard' }] },
      {
        type: 'message',
        attachments: [
          { contentType: 'application/vnd.microsoft.card.thumbnail', content: { lgType: 'ThumbnailCard', title: 'T' } },
          { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } },
        ],
      },
    ],
  ])('makes of %j %j', (lgResult, expected) => {
    expect(ActivityFactory.fromObject(lgResult)).toEqual(expected)
  })
})
