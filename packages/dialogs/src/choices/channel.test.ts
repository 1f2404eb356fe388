import type { TurnContext } from '@parley/core'
import {
  getChannelId,
  hasMessageFeed,
  maxActionTitleLength,
  supportsCardActions,
  supportsSuggestedActions,
} from './channel.ts'

test.each([
  ['facebook', 10, 3],
  ['skype', 10, 3],
  ['line', 13, 99],
  ['kik', 20, 0],
  ['msteams', 0, 50],
  ['slack', 0, 100],
  ['telegram', 100, 100],
  ['emulator', 100, 100],
  ['directline', 100, 100],
  ['directlinespeech', 100, 100],
  ['webchat', 100, 100],
  ['email', 0, 0],
  ['a channel of tomorrow', 0, 0],
])('%s shows %i suggested actions and %i buttons of a card', (channel, suggested, buttons) => {
  for (const [supports, most] of [
    [supportsSuggestedActions, suggested],
    [supportsCardActions, buttons],
  ] as const) {
    expect(supports(channel, most)).toBe(most > 0)
    expect(supports(channel, most + 1)).toBe(false)
    expect(supports(channel)).toBe(most >= 100)
  }
})

test('titles have 20 characters on every channel, and what was said stays in sight', () => {
  expect(maxActionTitleLength('email')).toBe(20)
  expect(hasMessageFeed('email')).toBe(true)
})

test.each([['slack'], ['']])('the channel of a turn is that of its activity: "%s"', (channelId) => {
  expect(getChannelId({ activity: { channelId } } as TurnContext)).toBe(channelId)
})
