import * as schema from './index.ts'

const exported: Record<string, unknown> = { ...schema }

const enums = {
  RoleTypes: { User: 'user', Bot: 'bot', Skill: 'skill' },
  ActivityEventNames: { ContinueConversation: 'ContinueConversation', CreateConversation: 'CreateConversation' },
  TextFormatTypes: { Markdown: 'markdown', Plain: 'plain', Xml: 'xml' },
  AttachmentLayoutTypes: { List: 'list', Carousel: 'carousel' },
  MessageReactionTypes: { Like: 'like', PlusOne: 'plusOne' },
  InputHints: { AcceptingInput: 'acceptingInput', IgnoringInput: 'ignoringInput', ExpectingInput: 'expectingInput' },
  ActivityImportance: { Low: 'low', Normal: 'normal', High: 'high' },
  DeliveryModes: {
    Normal: 'normal',
    Notification: 'notification',
    ExpectReplies: 'expectReplies',
    Ephemeral: 'ephemeral',
  },
  ContactRelationUpdateActionTypes: { Add: 'add', Remove: 'remove' },
  InstallationUpdateActionTypes: { Add: 'add', Remove: 'remove' },
  SemanticActionStateTypes: { Start: 'start', Continue: 'continue', Done: 'done' },
}

test.each(Object.entries(enums))('%s has exactly the values of SDK v4', (name, values) => {
  expect(exported[name]).toEqual(values)
})

test.each([
  ['ActivityTypes', 18],
  ['ActionTypes', 12],
  ['EndOfConversationCodes', 6],
  ['Channels', 23],
] as const)('%s has %i values', (name, count) => {
  expect(Object.keys(exported[name] as object)).toHaveLength(count)
})

test.each([
  ['StatusCodes', 13, 404, 'NOT_FOUND'],
  ['DropDownOptionType', 3, 1, 'Divider'],
  ['FieldType', 9, 13, 'Link'],
  ['PopupWindowPosition', 5, 0, 'Center'],
  ['MediaType', 3, 8, 'Document'],
] as const)('%s has %i numbers, and tells that %i is %s', (name, count, number, text) => {
  const values = exported[name] as Record<string, unknown>
  expect(values[number]).toBe(text)
  expect(values[text]).toBe(number)
  expect(Object.keys(values)).toHaveLength(2 * count)
})

const models =
  'AttachmentView AttachmentInfo ChannelAccount ConversationAccount MessageReaction CardAction SuggestedActions Attachment ' +
  'Entity ConversationReference SemanticAction Activity'
const others =
  'CallerIdConstants SpeechConstants BasicCardView PrimaryTextCardView ImageCardView TextInputCardView SearchCardView ' +
  'SignInCardView conversationParametersObject ActivityEx'

test('every name that botframework-schema has at run time is exported, and only two more', () => {
  const assertions = models.split(' ').flatMap((model) => [`assert${model}`, `is${model}`])
  const counted = ['ActivityTypes', 'ActionTypes', 'EndOfConversationCodes', 'Channels']
  const numbers = ['StatusCodes', 'DropDownOptionType', 'FieldType', 'PopupWindowPosition', 'MediaType']
  const names = [...assertions, ...others.split(' '), ...Object.keys(enums), ...counted, ...numbers]
  expect(names).toHaveLength(54)
  expect(Object.keys(exported).sort()).toEqual([...names, 'ShapeError', 'UnsupportedError'].sort())
})

test('constants that were classes are classes', () => {
  expect(schema.CallerIdConstants).toBeInstanceOf(Function)
  expect(Object.fromEntries(Object.entries(schema.CallerIdConstants))).toEqual({
    PublicAzureChannel: 'urn:botframework:azure',
    USGovChannel: 'urn:botframework:azureusgov',
    BotToBotPrefix: 'urn:botframework:aadappid:',
  })
  expect(schema.SpeechConstants.EmptySpeakTag).toBe(
    '<speak version="1.0" xmlns="https://www.w3.org/2001/10/synthesis" xml:lang="en-US" />',
  )
})

test('members of an enum are types', () => {
  const typed: { type: schema.ActivityTypes.Message; role: schema.RoleTypes.Bot; code: schema.StatusCodes.OK } = {
    type: schema.ActivityTypes.Message,
    role: schema.RoleTypes.Bot,
    code: schema.StatusCodes.OK,
  }
  const anyStatus: schema.StatusCodes = 418 as number
  const kinds: Record<schema.InputHints, number> = { acceptingInput: 1, expectingInput: 2, ignoringInput: 3 }
  expect([typed.type, typed.role, typed.code, anyStatus, Object.keys(kinds).length]).toEqual([
    'message',
    'bot',
    200,
    418,
    3,
  ])
})
