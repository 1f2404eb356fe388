import { withStreamChannelData } from './stream-info.ts'
import type { WireActivity } from './wire-activity.ts'

const info = { type: 'streaminfo', streamId: 's', streamSequence: 2, streamType: 'streaming' }
const typing = (fields: object): WireActivity => ({ type: 'typing', text: 'Hel', ...fields })

test('what an entity says about a stream is copied to channelData, where Web Chat reads it', () => {
  const activity = withStreamChannelData(typing({ entities: [{ type: 'other' }, info], channelData: { a: 1 } }))
  expect(activity).toEqual(
    typing({
      entities: [{ type: 'other' }, info],
      channelData: { a: 1, streamId: 's', streamSequence: 2, streamType: 'streaming' },
    }),
  )
})

test('what channelData says already stays', () => {
  const { channelData } = withStreamChannelData(typing({ entities: [info], channelData: { streamId: 'mine' } }))
  expect(channelData).toMatchObject({ streamId: 'mine', streamSequence: 2 })
})

test.each<[string, object]>([
  ['two such entities, of which none counts', { entities: [info, info] }],
  ['no entities', {}],
  ['entities that are none', { entities: [null, 'streaminfo', []] }],
  ['channelData that is a text', { entities: [info], channelData: 'text' }],
])('an activity with %s is left as it is', (_, fields) => {
  expect(withStreamChannelData(typing(fields))).toEqual(typing(fields))
})
