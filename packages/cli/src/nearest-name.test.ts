import { nearestName } from './nearest-name.ts'

test.each([
  ['docter', 'doctor'],
  ['chta', 'chat'],
  ['dv', 'dev'],
  ['x', undefined],
  ['deploy', undefined],
  ['', undefined],
])('%j was meant to be %j', (typed, name) => {
  expect(nearestName(typed, ['dev', 'doctor', 'chat', 'transcript'])).toBe(name)
})
