import type { Activity } from '@parley/core'
import { picture, play, recognizer } from '../../test/conversation.ts'
import type { Turn } from '../../test/conversation.ts'
import type { BookingDetails } from '../language/booking-details.ts'
import { BookingDialog } from './booking-dialog.ts'

const where = 'Where would you like to go?'
const whence = 'Where do you leave from?'
const when = 'When would you like to travel?'
const exactly = `I need the day, the month and the year, for example May 3, 2027. ${when}`
const served = 'I only fly to and from Berlin, London, New York, Paris, Tokyo.'
const confirm = 'You fly from Paris to Berlin on 2027-05-03. Is this right? (1) Yes or (2) No'
const confirmAgain = 'Please say yes or no: from Paris to Berlin on 2027-05-03? (1) Yes or (2) No'
const change = 'What should be different? Say, for example, to Berlin, or on May 3, 2027.'
const help = 'I am booking a flight for you. Answer my question, or say cancel to leave it.'

const whole: BookingDetails = { from: 'Paris', to: 'Berlin', travelDate: 'May 3, 2027' }
const booked = { from: 'Paris', to: 'Berlin', travelDate: '2027-05-03' }

/** Every question of the dialog: what is known before it, how it is asked, and how after an answer that will not do. */
const steps: readonly (readonly [
  name: string,
  known: BookingDetails,
  turns: Turn[],
  question: string,
  retry: string,
])[] = [
  ['destination', {}, [['hi', where]], where, `${served} ${where}`],
  ['origin', { to: 'Berlin' }, [['hi', whence]], whence, `${served} ${whence}`],
  ['date', { from: 'Paris', to: 'Berlin' }, [['hi', when]], when, exactly],
  ['exact date', { ...whole, travelDate: 'Friday' }, [['hi', exactly]], exactly, exactly],
  ['confirmation', whole, [['hi', confirm]], confirm, confirmAgain],
  [
    'change',
    whole,
    [
      ['hi', confirm],
      ['no', change],
    ],
    change,
    change,
  ],
]

test('what is not known is asked for, step by step', async () => {
  const turns: Turn[] = [['hi', where], ['Berlin', whence], ['Paris', when], ['May 3, 2027', confirm], ['yes']]
  const client = await play(new BookingDialog(recognizer), turns)
  expect(client.dialogTurnResult).toEqual({ status: 'complete', result: booked })
})

test('what is known is not asked for', async () => {
  const client = await play(
    new BookingDialog(recognizer),
    [
      ['hi', confirm],
      ['2', change],
    ],
    whole,
  )
  expect(client.dialogTurnResult.status).toBe('waiting')
})

test.each(steps)('cancel at the question for the %s ends the booking without a result', async (_, known, turns) => {
  const client = await play(new BookingDialog(recognizer), [...turns, ['Cancel', 'Cancelled.']], known)
  expect(client.dialogTurnResult.result).toBeUndefined()
  expect(client.dialogContext?.stack).toEqual([])
})

test.each(steps)('help at the question for the %s explains, and asks again', async (name, known, turns, question) => {
  const client = await play(new BookingDialog(recognizer), [...turns, ['help', help, question]], known)
  expect([name, client.dialogTurnResult.status]).toEqual([name, 'waiting'])
})

test.each(steps)('a picture is no answer to the question for the %s', async (_, known, turns, _question, retry) => {
  const client = await play(new BookingDialog(recognizer), [...turns, [picture, retry]], known)
  expect(client.dialogTurnResult.status).toBe('waiting')
})

test.each(['quit', 'STOP', ' cancel '])('%j is a word for cancel', async (word) => {
  await play(new BookingDialog(recognizer), [
    ['hi', where],
    [word, 'Cancelled.'],
  ])
})

test('a question mark is a word for help', async () => {
  await play(new BookingDialog(recognizer), [
    ['hi', where],
    ['?', help, where],
  ])
})

test('a word for cancel within a sentence does not cancel', async () => {
  await play(new BookingDialog(recognizer), [
    ['hi', where],
    ['I will not cancel, to Berlin', whence],
  ])
})

test('an activity that is no message leaves the question open', async () => {
  const typing: Partial<Activity> = { type: 'typing', text: 'cancel' }
  await play(new BookingDialog(recognizer), [['hi', where], [typing], ['Berlin', whence]])
})

test.each([
  ['a city the bot knows but does not serve', 'Rome'],
  ['a place nobody knows', 'Atlantis'],
])('%s is no destination', async (_, said) => {
  await play(new BookingDialog(recognizer), [
    ['hi', where],
    [said, `${served} ${where}`],
    ['Berlin', whence],
  ])
})

test.each([
  ['a sentence', 'I would like to go to Berlin, please'],
  ['the code of an airport', 'ber'],
  ['capitals', 'BERLIN'],
])('the destination may be given by %s', async (_, said) => {
  const turns: Turn[] = [
    ['hi', where],
    [said, confirm],
  ]
  await play(new BookingDialog(recognizer), turns, { from: 'Paris', travelDate: 'May 3, 2027' })
})

test.each([
  ['the destination', 'to Tokyo', 'from Paris to Tokyo on 2027-05-03'],
  ['the origin', 'from London', 'from London to Berlin on 2027-05-03'],
  ['the day', 'on June 4, 2027', 'from Paris to Berlin on 2027-06-04'],
  ['everything', 'from Tokyo to New York on June 4, 2027', 'from Tokyo to New York on 2027-06-04'],
])('%s may be changed when the confirmation is refused', async (_, said, flight) => {
  const changed = `You fly ${flight}. Is this right? (1) Yes or (2) No`
  const client = await play(
    new BookingDialog(recognizer),
    [['hi', confirm], ['no', change], [said, changed], ['yes']],
    whole,
  )
  expect(client.dialogTurnResult.status).toBe('complete')
})

test('a change to an incomplete date is asked for more exactly', async () => {
  await play(
    new BookingDialog(recognizer),
    [
      ['hi', confirm],
      ['no', change],
      ['on Friday', exactly],
    ],
    whole,
  )
})

test('a change to a city that is not served changes nothing', async () => {
  const refused = 'I have no flights to or from Rome.'
  await play(
    new BookingDialog(recognizer),
    [
      ['hi', confirm],
      ['no', change],
      ['to Rome', refused, confirm],
    ],
    whole,
  )
})

test('a change that is not understood changes nothing', async () => {
  const refused = 'I found neither a city nor a date in that.'
  await play(
    new BookingDialog(recognizer),
    [
      ['hi', confirm],
      ['no', change],
      ['it depends', refused, confirm],
    ],
    whole,
  )
})
