import { play } from '../../test/conversation.ts'
import { DateResolverDialog } from './date-resolver-dialog.ts'

const when = 'When would you like to travel?'
const exactly = 'I need the day, the month and the year, for example May 3, 2027. When would you like to travel?'

test.each([
  ['a day with its month and year', 'May 3, 2027', '2027-05-03'],
  ['a day the other way round', 'on the 3rd of May 2027', '2027-05-03'],
  ['a day as computers write it', '2027-05-03', '2027-05-03'],
  ['a day with a time', 'May 3, 2027 at 5 pm', '2027-05-03'],
  ['the next day', 'tomorrow', expect.stringMatching(/^\d{4}-\d\d-\d\d$/)],
  ['a part of today', 'tonight', expect.stringMatching(/^\d{4}-\d\d-\d\d$/)],
])('%s is definite', async (_, said, day) => {
  const client = await play(new DateResolverDialog(), [['hi', when], [said]])
  expect(client.dialogTurnResult).toEqual({ status: 'complete', result: day })
})

test.each([
  ['a day of any week', 'Friday'],
  ['a day of any year', 'May 3'],
  ['a day of any month', 'the 22nd'],
  ['a month', 'May 2027'],
  ['a week', 'next week'],
  ['days from here to there', 'from May 3, 2027 to May 5, 2027'],
  ['a time', '5 pm'],
  ['a length of time', 'in two weeks'],
  ['a day that no calendar has', 'February 31, 2027'],
  ['no date', 'as soon as I can'],
])('%s is asked for more exactly, and then taken', async (_, said) => {
  const client = await play(new DateResolverDialog(), [['hi', when], [said, exactly], ['May 3, 2027']])
  expect(client.dialogTurnResult.result).toBe('2027-05-03')
})

test('a definite day that was said before is not asked for', async () => {
  const client = await play(new DateResolverDialog(), [['hi']], { said: 'May 3, 2027' })
  expect(client.dialogTurnResult.result).toBe('2027-05-03')
})

test('of an incomplete date that was said before the rest is asked for at once', async () => {
  await play(new DateResolverDialog(), [['hi', exactly]], { said: 'Friday' })
})
