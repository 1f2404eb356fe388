import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { guardLookup } from './address-guard.ts'

type Found = string | LookupAddress[]

function resolve(hostname: string, found: Found, { allowLoopback = false, all = true } = {}): Promise<Found> {
  const lookup: LookupFunction = (_, __, callback) => callback(null, found, typeof found === 'string' ? 4 : undefined)
  return new Promise((done, fail) => {
    guardLookup(allowLoopback, lookup)(hostname, { all }, (error, address) => (error ? fail(error) : done(address)))
  })
}

const v4 = (address: string): LookupAddress => ({ address, family: 4 })
const v6 = (address: string): LookupAddress => ({ address, family: 6 })

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fd00::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a00:1',
])('a name that leads to %s is not called (O23)', async (address) => {
  const found = [address.includes(':') ? v6(address) : v4(address)]

  await expect(resolve('bot.example', found)).rejects.toMatchObject({ code: 'ERR_PARLEY_FORBIDDEN_ADDRESS' })
})

test('of several addresses only the allowed ones are given', async () => {
  const found = [v4('10.0.0.1'), v4('20.0.0.1'), v6('fd00::1'), v6('2603:1030::1')]

  await expect(resolve('bot.example', found)).resolves.toEqual([v4('20.0.0.1'), v6('2603:1030::1')])
})

test('a caller that wants one address gets the first allowed one', async () => {
  await expect(resolve('bot.example', [v4('10.0.0.1'), v4('20.0.0.1')], { all: false })).resolves.toBe('20.0.0.1')
})

test('a lookup that gives one address only is checked too', async () => {
  await expect(resolve('bot.example', '20.0.0.1')).resolves.toEqual([v4('20.0.0.1')])
  await expect(resolve('bot.example', '10.0.0.1')).rejects.toThrow('private or reserved')
})

test.each([
  ['localhost', '127.0.0.1', true],
  ['LOCALHOST', '::1', true],
  ['bot.localhost', '127.0.0.1', true],
  ['localhost', '10.0.0.1', false],
  ['localhost.', '127.0.0.1', false],
  ['localhost.example', '127.0.0.1', false],
  ['notlocalhost', '127.0.0.1', false],
])('with allowLoopback, %s at %s passes: %p', async (hostname, address, passes) => {
  const outcome = await resolve(hostname, [v4(address)], { allowLoopback: true }).then(
    () => true,
    () => false,
  )

  expect(outcome).toBe(passes)
})

test('the error of the lookup is passed on', async () => {
  const trouble = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  const lookup: LookupFunction = (_, __, callback) => callback(trouble, '', 0)

  const given = await new Promise((done) => guardLookup(false, lookup)('bot.example', {}, done))

  expect(given).toBe(trouble)
})
