import { parseMediaType, servedType } from './media-type.ts'

test.each<[string | undefined, string]>([
  ['image/PNG', 'image/png'],
  ['text/plain; charset=utf-8', 'text/plain'],
  ['application/vnd.ms-excel', 'application/vnd.ms-excel'],
  [undefined, 'application/octet-stream'],
  ['', 'application/octet-stream'],
  ['nonsense', 'application/octet-stream'],
  ['text/html\r\nX: 1', 'application/octet-stream'],
])('what is declared as %j is %s', (declared, type) => {
  expect(parseMediaType(declared)).toBe(type)
})

test.each(['image/png', 'audio/mpeg', 'video/mp4', 'text/plain', 'application/pdf'])(
  '%s is served as it is',
  (type) => {
    expect(servedType(type)).toBe(type)
  },
)

test.each([
  'image/svg+xml',
  'text/html',
  'application/xhtml+xml',
  'text/xml',
  'application/xml',
  'text/javascript',
  'application/javascript',
  'text/css',
  'application/wasm',
  'multipart/x-mixed-replace',
  'text/cache-manifest',
])('%s, which a browser could run or obey, is served as bytes', (type) => {
  expect(servedType(type)).toBe('application/octet-stream')
})
