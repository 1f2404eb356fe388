import { parseByteRange } from './byte-range.ts'

test.each<[string | undefined, [number, number] | undefined]>([
  ['bytes=0-3', [0, 3]],
  ['bytes=2-', [2, 9]],
  ['bytes=-3', [7, 9]],
  ['bytes=-99', [0, 9]],
  ['bytes=9-99', [9, 9]],
  [undefined, undefined],
  ['bytes=-', undefined],
  ['bytes=5-2', undefined],
  ['bytes=0-1,3-4', undefined],
  ['lines=0-1', undefined],
  ['bytes=a-b', undefined],
  ['bytes=9999999999999999-', undefined],
])('%s of 10 bytes is %j', (header, expected) => {
  const range = parseByteRange(header, 10)
  expect(range && [range.first, range.last]).toEqual(expected)
})

test.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('%s of 10 bytes is nowhere', (header) => {
  expect(() => parseByteRange(header, 10)).toThrow(
    expect.objectContaining({ status: 416, headers: { 'Content-Range': 'bytes */10' } }),
  )
})

test('nothing has no parts', () => {
  expect(() => parseByteRange('bytes=0-', 0)).toThrow(expect.objectContaining({ status: 416 }))
})
