import { MemoryLog } from './memory-log.ts'

test.each<[string, object]>([
  ['a fact', { password: 'S3cret' }],
  ['an error', { error: new Error('S3cret') }],
  ['the cause of an error, of whatever kind', { error: new Error('x', { cause: 'S3cret' }) }],
  ['an error in a list in the cause of another', { error: new Error('x', { cause: [new Error('S3cret')] }) }],
  ['what an error hides', { error: Object.defineProperty(new Error('x'), 'hidden', { value: 'S3cret' }) }],
  ['a number of any size', { password: 'S3cret', size: 10n }],
])('the text of a log shows %s', (_, facts) => {
  const log = new MemoryLog()
  log.error({ ...facts }, 'it failed')
  expect(log.text()).toContain('S3cret')
})
