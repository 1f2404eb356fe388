import { CardFactory } from './card-factory.ts'
import type { ReceiptCard } from './cards.ts'

const { contentTypes } = CardFactory
const yes = { type: 'imBack', title: 'Yes', value: 'Yes', channelData: undefined }

test('a string among the buttons sends itself, an action stays as it is', () => {
  const open = { type: 'openUrl', title: 'Open', value: 'https://example.com' }
  expect(CardFactory.actions(['Yes', open])).toStrictEqual([yes, open])
})

test('a string among images or media is an address', () => {
  expect(CardFactory.images(['a.png', { url: 'b.png', alt: 'b' }])).toEqual([
    { url: 'a.png' },
    { url: 'b.png', alt: 'b' },
  ])
  expect(CardFactory.media(['a.mp3', { url: 'b.mp3' }])).toEqual([{ url: 'a.mp3' }, { url: 'b.mp3' }])
})

test('nothing given is an empty list', () => {
  expect([CardFactory.actions(undefined), CardFactory.images(undefined), CardFactory.media(undefined)]).toEqual([
    [],
    [],
    [],
  ])
})

test.each([
  ['heroCard', contentTypes.heroCard],
  ['thumbnailCard', contentTypes.thumbnailCard],
] as const)('a %s takes its text or leaves it out', (name, contentType) => {
  const make = CardFactory[name]
  const content = { title: 'Ready?', images: [{ url: 'a.png' }], buttons: [yes], subtitle: 's' }
  const other = { subtitle: 's' }
  expect(make('Ready?', ['a.png'], ['Yes'], other)).toEqual({ contentType, content })
  expect(make('Ready?', 'Well?', ['a.png'], ['Yes'], other)).toEqual({
    contentType,
    content: { ...content, text: 'Well?' },
  })
  expect(make('Ready?')).toStrictEqual({ contentType, content: { title: 'Ready?' } })
  expect(make('Ready?', 'Well?')).toStrictEqual({ contentType, content: { title: 'Ready?', text: 'Well?' } })
  expect(make('', undefined, ['Yes'])).toStrictEqual({ contentType, content: { buttons: [yes] } })
})

test('what other holds gives way to the arguments', () => {
  expect(CardFactory.heroCard('Title', ['a.png'], [], { title: 'Other', tap: yes }).content).toMatchObject({
    title: 'Title',
    tap: yes,
    buttons: [],
  })
})

test.each([
  ['animationCard', contentTypes.animationCard],
  ['audioCard', contentTypes.audioCard],
  ['videoCard', contentTypes.videoCard],
] as const)('a %s has media, perhaps buttons and more', (name, contentType) => {
  const make = CardFactory[name]
  expect(make('Play', ['a.mp4'])).toStrictEqual({ contentType, content: { title: 'Play', media: [{ url: 'a.mp4' }] } })
  expect(make('Play', [{ url: 'a.mp4' }], ['Yes'], { aspect: '4:3' })).toStrictEqual({
    contentType,
    content: { aspect: '4:3', title: 'Play', media: [{ url: 'a.mp4' }], buttons: [yes] },
  })
})

test('adaptive, receipt and connector cards carry the given object itself', () => {
  const card = { type: 'AdaptiveCard', version: '1.5' }
  expect(CardFactory.adaptiveCard(card)).toEqual({ contentType: contentTypes.adaptiveCard, content: card })
  expect(CardFactory.adaptiveCard(card).content).toBe(card)
  expect(CardFactory.o365ConnectorCard(card)).toEqual({ contentType: contentTypes.o365ConnectorCard, content: card })
  expect(CardFactory.receiptCard(card as unknown as ReceiptCard).content).toBe(card)
})

test('a sign-in card has one button', () => {
  const buttons = [{ type: 'signin', title: 'Sign in', value: 'https://login.test', channelData: undefined }]
  expect(CardFactory.signinCard('Sign in', 'https://login.test')).toEqual({
    contentType: contentTypes.signinCard,
    content: { buttons },
  })
  expect(CardFactory.signinCard('Sign in', 'https://login.test', 'Please').content).toEqual({ text: 'Please', buttons })
})

test('an OAuth card names its connection, and the rest when given', () => {
  const link = 'https://login.test'
  const exchange = { id: 'e', uri: 'api://e' }
  const post = { sasUrl: 'https://post.test' }
  expect(CardFactory.oauthCard('graph', 'Sign in')).toEqual({
    contentType: contentTypes.oauthCard,
    content: { connectionName: 'graph', buttons: [{ type: 'signin', title: 'Sign in', value: undefined }] },
  })
  expect(CardFactory.oauthCard('graph', 'Sign in', 'Please', link, exchange, post).content).toEqual({
    text: 'Please',
    connectionName: 'graph',
    tokenExchangeResource: exchange,
    tokenPostResource: post,
    buttons: [{ type: 'signin', title: 'Sign in', value: link }],
  })
})

test('the methods work when taken off the class, and do not change what they are given', () => {
  const { heroCard } = CardFactory
  const buttons = Object.freeze(['Yes']) as string[]
  expect(heroCard('a', [], buttons, Object.freeze({ subtitle: 's' })).content).toMatchObject({ buttons: [yes] })
})
