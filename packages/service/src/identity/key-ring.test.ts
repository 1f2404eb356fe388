import { createPublicKey } from 'node:crypto'
import type { JsonWebKey } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { KeyRing } from './key-ring.ts'
import { prepareKeys } from './prepare-keys.ts'
import { generateSigningKey } from './signing-key.ts'

/** Whether a token is signed with the only key that the ring publishes. */
function isSigned(ring: KeyRing, token: string): boolean {
  const [key] = ring.publicKeys()
  const publicKey = createPublicKey({ key: key as unknown as JsonWebKey, format: 'jwk' })
  jwt.verify(token, publicKey, { algorithms: ['RS256'] })
  return ring.publicKeys().length === 1
}

test('a ring signs before anybody has waited for its key', () => {
  const ring = new KeyRing()
  expect(isSigned(ring, ring.sign({ sub: 'a' }))).toBe(true)
})

test('a key that was made on the spot stays when the one under way is there', async () => {
  const ring = new KeyRing()
  const ready = ring.ready()
  const token = ring.sign({ sub: 'a' })
  await ready
  expect(isSigned(ring, token)).toBe(true)
  expect(isSigned(ring, ring.sign({ sub: 'b' }))).toBe(true)
})

test('all who wait for a key get the same one', async () => {
  const ring = new KeyRing()
  const kids = await Promise.all([1, 2, 3].map(() => ring.ready().then(() => ring.currentKid)))
  expect(new Set(kids).size).toBe(1)
})

test('a ring that was given a key makes none', async () => {
  const key = await generateSigningKey()
  const ring = new KeyRing(key)
  await ring.ready()
  expect(ring.currentKid).toBe(key.kid)
})

test('a rotation before the first key is there publishes both', async () => {
  const ring = new KeyRing()
  const kid = await ring.rotate()
  expect(ring.publicKeys().map((key) => key.kid)).toEqual([kid, expect.any(String)])
})

test('no token is looked for among keys that were not made yet', () => {
  expect(new KeyRing().find('any')).toBeUndefined()
})

test('keys are made in the background, in their order, and no more after the end', async () => {
  const rings = [1, 2, 3, 4].map(() => new KeyRing())
  const made: number[] = []
  const ready = rings.map((ring) => jest.spyOn(ring, 'ready'))
  const preparation = prepareKeys(rings)
  ready.forEach((spy, index) => spy.mock.calls.forEach(() => made.push(index)))
  expect(made).toEqual([0, 1])
  await preparation.close()
  expect(ready.map((spy) => spy.mock.calls.length)).toEqual([1, 1, 0, 0])
})
