import {
  AnimationCard,
  AttachmentLayout,
  AudioCard,
  CardAction,
  CardImage,
  CardMedia,
  Fact,
  HeroCard,
  Keyboard,
  Message,
  OAuthCard,
  ReceiptCard,
  ReceiptItem,
  SigninCard,
  SuggestedActions,
  ThumbnailCard,
  VideoCard,
} from '../index.ts'
import type { Session } from '../index.ts'

/** Cards need no session but for translations. */
const s = undefined as unknown as Session

test.each<[{ toAttachment(): unknown }, string, object]>([
  [
    new HeroCard(s)
      .title('T')
      .subtitle('S')
      .text('X %s', 'y')
      .images([CardImage.create(s, 'http://i/').alt('a')])
      .tap(CardAction.postBack(s, 'p', 'q'))
      .buttons([CardAction.imBack(s, 'v', 't'), CardAction.dialogAction(s, 'act', 'data', 'da')]),
    'application/vnd.microsoft.card.hero',
    {
      title: 'T',
      subtitle: 'S',
      text: 'X y',
      images: [{ url: 'http://i/', alt: 'a' }],
      tap: { type: 'postBack', value: 'p', title: 'q' },
      buttons: [
        { type: 'imBack', value: 'v', title: 't' },
        { type: 'postBack', value: 'action?act=data', title: 'da' },
      ],
    },
  ],
  [new ThumbnailCard(s).title('T'), 'application/vnd.microsoft.card.thumbnail', { title: 'T' }],
  [new Keyboard(s).buttons([]), 'application/vnd.microsoft.keyboard', { buttons: [] }],
  [
    new ReceiptCard(s)
      .title('R')
      .facts([Fact.create(s, 'v', 'k')])
      .items([ReceiptItem.create(s, '$1', 'it').quantity('2').image(CardImage.create(s, 'http://j/'))])
      .tax('1')
      .vat('2')
      .total('3'),
    'application/vnd.microsoft.card.receipt',
    {
      title: 'R',
      facts: [{ value: 'v', key: 'k' }],
      items: [{ price: '$1', title: 'it', quantity: '2', image: { url: 'http://j/' } }],
      tax: '1',
      vat: '2',
      total: '3',
    },
  ],
  [
    new SigninCard(s).text('S').button('b', 'http://s'),
    'application/vnd.microsoft.card.signin',
    { text: 'S', buttons: [{ type: 'signin', title: 'b', value: 'http://s' }] },
  ],
  [
    new OAuthCard(s).connectionName('c').text('t').button('b'),
    'application/vnd.microsoft.card.oauth',
    { connectionName: 'c', text: 't', buttons: [{ type: 'signin', title: 'b' }] },
  ],
  [
    new VideoCard(s)
      .title('V')
      .media([{ url: 'http://v', profile: 'p' }])
      .autoloop(true)
      .aspect('16:9')
      .value({ a: 1 }),
    'application/vnd.microsoft.card.video',
    { title: 'V', media: [{ url: 'http://v', profile: 'p' }], autoloop: true, aspect: '16:9', value: { a: 1 } },
  ],
  [
    new AudioCard(s).media([CardMedia.create(s, 'http://a').toMedia()]),
    'application/vnd.microsoft.card.audio',
    { media: [{ url: 'http://a' }] },
  ],
  [new AnimationCard(s).subtitle('x'), 'application/vnd.microsoft.card.animation', { subtitle: 'x' }],
])('a card is %j on the wire', (card, contentType, content) => {
  expect(card.toAttachment()).toEqual({ contentType, content })
})

test('a message has what was put into it', () => {
  const message = new Message()
    .text(['only'])
    .textFormat('plain')
    .attachmentLayout(AttachmentLayout.carousel)
    .addAttachment(new HeroCard().title('T'))
    .suggestedActions(SuggestedActions.create(s, [CardAction.imBack(s, 'a', 'A')], 'u'))
    .address({ channelId: 'facebook', user: { id: 'u' }, bot: { id: 'b' } })
    .sourceEvent({ facebook: { z: 1 }, '*': { y: 1 } })
    .addEntity({ type: 'e' })
    .speak('sp')
    .inputHint('expectingInput')
  expect(message.toMessage()).toEqual({
    type: 'message',
    agent: 'botbuilder',
    source: 'facebook',
    text: 'only',
    textFormat: 'plain',
    attachmentLayout: 'carousel',
    attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: { title: 'T' } }],
    suggestedActions: { to: ['u'], actions: [{ type: 'imBack', value: 'a', title: 'A' }] },
    address: { channelId: 'facebook', user: { id: 'u' }, bot: { id: 'b' } },
    sourceEvent: { z: 1 },
    entities: [{ type: 'e' }],
    speak: 'sp',
    inputHint: 'expectingInput',
  })
})

test('texts are composed, counted and translated without a session too', () => {
  expect(new Message().compose([['a'], ['b %s']], 'c').toMessage().text).toBe('a b c')
  expect(new Message().ntext('one', '%d many', 3).toMessage().text).toBe('3 many')
})

test('an invoke of Teams carries its data', () => {
  expect(CardAction.invoke(s, 'act', { d: 1 }, 'ti').toAction()).toEqual({
    type: 'invoke',
    value: '{"act":{"d":1}}',
    title: 'ti',
  })
})
