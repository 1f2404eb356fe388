import { systemClock } from '../clock.ts'
import { openChance } from './chance.ts'
import { activityIdOf, activityNumberOf, newConversationId } from './conversation-ids.ts'

test('conversation ids are 22 letters and digits, and differ', () => {
  const ids = Array.from({ length: 100 }, () => newConversationId(openChance(systemClock)))
  for (const id of ids) expect(id).toMatch(/^[\dA-Za-z]{22}$/)
  expect(new Set(ids).size).toBe(100)
})

test('activity ids have seven digits and lead back to their number', () => {
  expect(activityIdOf('c', 7)).toBe('c|0000007')
  expect(activityNumberOf('c', 'c|0000007')).toBe(7)
  expect(activityNumberOf('c', activityIdOf('c', 12_345_678))).toBe(12_345_678)
})

test.each(['d|0000007', 'c|7', 'c|00000070', 'c|-000001', 'c|0x00007', 'c|000007a', 'c', '', 'c|', 'c0000007'])(
  '%j is no activity id of the conversation',
  (id) => {
    expect(activityNumberOf('c', id)).toBeUndefined()
  },
)
