import type { Recognizer } from '@parley/recognizers'
import { picture, play, recognizer } from '../../test/conversation.ts'
import type { Turn } from '../../test/conversation.ts'
import { MainDialog } from './main-dialog.ts'

const first = 'What can I do for you?'
const next = 'What else can I do for you?'
const help = 'I book flights. Say, for example: Book a flight from Paris to Berlin tomorrow.'
const confirm = 'You fly from Paris to Berlin on 2027-05-03. Is this right? (1) Yes or (2) No'
const joins = { type: 'conversationUpdate' }

const conversations: readonly (readonly [title: string, ...Turn[]])[] = [
  ['who joins is asked', [joins, first]],
  [
    'who begins with a wish is not asked for it',
    ['Book a flight from Paris to Berlin on May 3, 2027', confirm],
    ['yes', 'You are booked from Paris to Berlin on 2027-05-03.', next],
  ],
  [
    'a flight is booked step by step',
    [joins, first],
    ['I want to travel', 'Where would you like to go?'],
    ['Berlin', 'Where do you leave from?'],
    ['Paris', 'When would you like to travel?'],
    ['May 3, 2027', confirm],
    ['yep', 'You are booked from Paris to Berlin on 2027-05-03.', next],
  ],
  [
    'only what a sentence leaves open is asked for',
    ['Fly me to Berlin on May 3, 2027', 'Where do you leave from?'],
    ['Paris', confirm],
  ],
  [
    'a city that is not served is told, and asked for again',
    ['Book a flight from Rome to Paris', 'I have no flights to or from Rome.', 'Where do you leave from?'],
  ],
  [
    'both cities that are not served are told at once',
    [
      'Book a flight from Rome to Sydney',
      'I have no flights to or from Sydney and Rome.',
      'Where would you like to go?',
    ],
  ],
  [
    'a cancelled booking is not booked, and another may follow',
    ['book a flight', 'Where would you like to go?'],
    ['cancel', 'Cancelled.', next],
    ['book a flight', 'Where would you like to go?'],
  ],
  [
    'the weather is understood, and not known',
    ['What is the weather like in Berlin?', 'I cannot look up the weather yet.', next],
  ],
  [
    'what is not understood is answered with an example',
    ['Tell me a story', `I did not understand that. ${help}`, next],
  ],
  ['help is given outside of a booking', [joins, first], ['help', help, next]],
  ['there may be nothing to cancel', [joins, first], ['cancel', 'There is nothing to cancel.', next]],
  ['a picture is not a wish', [joins, first], [picture, `I can only read text. ${help}`]],
  ['who begins with a picture is asked', [picture, first]],
]

test.each(conversations.map(([title, ...turns]) => [title, turns] as const))('%s', async (_, turns) => {
  await play(new MainDialog(recognizer), turns)
})

test('an intent the recognizer is not sure of is not acted on', async () => {
  const unsure: Recognizer = { recognize: async () => ({ text: '', intents: { BookFlight: { score: 0.49 } } }) }
  await play(new MainDialog(unsure), [['fly', `I did not understand that. ${help}`, next]])
})

test('the question offers what to say', async () => {
  const client = await play(new MainDialog(recognizer), [])
  const question = await client.sendActivity(joins)
  expect(question?.suggestedActions?.actions.map(({ value }) => value)).toEqual(['Book a flight', 'Help'])
})
