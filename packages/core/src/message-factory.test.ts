import { MessageFactory } from './message-factory.ts'

const base = { type: 'message', inputHint: 'acceptingInput' }
const card = { contentType: 'image/png', contentUrl: 'a.png' }

test.each([
  ['text', MessageFactory.text('hello'), { text: 'hello' }],
  ['an empty text', MessageFactory.text(''), { text: '' }],
  [
    'buttons',
    MessageFactory.suggestedActions(['Yes']),
    {
      suggestedActions: { actions: [{ type: 'imBack', title: 'Yes', value: 'Yes', channelData: undefined }] },
    },
  ],
  ['an attachment', MessageFactory.attachment(card), { attachmentLayout: 'list', attachments: [card] }],
  ['a list', MessageFactory.list([card, card]), { attachmentLayout: 'list', attachments: [card, card] }],
  ['a carousel', MessageFactory.carousel([card, card]), { attachmentLayout: 'carousel', attachments: [card, card] }],
  ['an address', MessageFactory.contentUrl('a.png', 'image/png'), { attachmentLayout: 'list', attachments: [card] }],
  [
    'a named file',
    MessageFactory.contentUrl('a.png', 'image/png', 'A'),
    {
      attachmentLayout: 'list',
      attachments: [{ ...card, name: 'A' }],
    },
  ],
])('a message of %s has that and the default hint, nothing else', (_, message, expected) => {
  expect(message).toStrictEqual({ ...base, ...expected })
})

const words = { text: 'text', speak: 'speak', inputHint: 'expectingInput' }

test.each([
  ['text', MessageFactory.text('text', 'speak', 'expectingInput')],
  ['suggestedActions', MessageFactory.suggestedActions([], 'text', 'speak', 'expectingInput')],
  ['attachment', MessageFactory.attachment(card, 'text', 'speak', 'expectingInput')],
  ['list', MessageFactory.list([card], 'text', 'speak', 'expectingInput')],
  ['carousel', MessageFactory.carousel([card], 'text', 'speak', 'expectingInput')],
  ['contentUrl', MessageFactory.contentUrl('a.png', 'image/png', 'A', 'text', 'speak', 'expectingInput')],
])('%s takes text, speak and input hint at its end', (_, message) => {
  expect(message).toMatchObject(words)
})
