import { randomBytes, randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { messageActivity } from './turns.mjs'

/**
 * @typedef {import('../world/world.d.ts').World} World
 * @typedef {(index: number) => string} Requests - As HTTP, in Latin-1.
 */

const BOMB_BYTES = 200 * 1024 * 1024
const BOMB_DEPTH = 10_000
const CLAIMS = 500
const JUNK_BYTES = 90_000

/** What strangers, and one proven sender gone mad, send; each must be refused. @type {Record<string, (world: World) => Requests>} */
const families = {
  'no token': (world) => always(requestOf(undefined, activityOf(world))),
  'junk token': (world) => always(requestOf('a.b.c', activityOf(world))),
  'unknown kid': (world) => withToken(world, () => unsigned({ kid: randomUUID() }, claimsOf(world))),
  'forged signature': (world) => withToken(world, () => unsigned(headerOf(world), claimsOf(world))),
  expired: (world) => always(requestOf(world.refusedTokens.expired, activityOf(world))),
  'wrong audience': (world) => always(requestOf(world.refusedTokens.wrongAudience, activityOf(world))),
  '10 kB of claims': (world) => withToken(world, () => unsigned(headerOf(world), manyClaims(CLAIMS))),
  '64 claims, forged': (world) => withToken(world, () => unsigned(headerOf(world), manyClaims(60))),
  'gzip bomb, no token': () => always(requestOf(undefined, bomb(), { 'Content-Encoding': 'gzip' })),
  'gzip bomb, proven sender': (world) =>
    always(requestOf(world.inboundTokens.channel, bomb(), { 'Content-Encoding': 'gzip' })),
  'small gzip bomb, proven sender': (world) =>
    always(requestOf(world.inboundTokens.channel, smallBomb(), { 'Content-Encoding': 'gzip' })),
  'bad JSON, proven sender': (world) =>
    always(requestOf(world.inboundTokens.channel, activityOf(world).subarray(0, -1))),
  'depth bomb, proven sender': (world) => always(requestOf(world.inboundTokens.channel, deepActivity(world))),
  '90 kB of junk, no token': () => always(requestOf(undefined, Buffer.from(`["${'x'.repeat(JUNK_BYTES - 4)}"]`))),
}

/** What {@link createHostileRequests} knows. */
export const hostileFamilies = Object.keys(families)

/**
 * Makes requests of one kind that a bot must refuse.
 *
 * @param {string} family - One of {@link hostileFamilies}.
 * @param {World} world
 * @returns {Requests}
 */
export function createHostileRequests(family, world) {
  const create = families[family]
  if (!create) throw new Error(`There is no kind of hostile request '${family}'.`)
  return create(world)
}

/**
 * @param {string} request
 * @returns {Requests}
 */
function always(request) {
  return () => request
}

/**
 * @param {World} world
 * @param {() => string} createToken - A new one for each request, so that nothing can be remembered.
 * @returns {Requests}
 */
function withToken(world, createToken) {
  const body = activityOf(world)
  return () => requestOf(createToken(), body)
}

/**
 * @param {string | undefined} token
 * @param {Buffer} body
 * @param {Record<string, string>} [headers]
 */
function requestOf(token, body, headers = {}) {
  const lines = Object.entries({
    Host: '127.0.0.1',
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`)
  return ['POST /api/messages HTTP/1.1', ...lines, '', body.toString('latin1')].join('\r\n')
}

/** @param {World} world */
function activityOf({ serviceUrl, appId }) {
  return Buffer.from(JSON.stringify({ ...messageActivity(serviceUrl, appId), id: 'hostile' }))
}

/** @param {World} world */
function deepActivity({ serviceUrl, appId }) {
  const deep = '['.repeat(BOMB_DEPTH) + ']'.repeat(BOMB_DEPTH)
  const text = JSON.stringify({ ...messageActivity(serviceUrl, appId), channelData: 'deep' })
  return Buffer.from(text.replace('"deep"', deep))
}

/** @type {Buffer | undefined} */
let packed

/** 200 MB of zeros in 200 kB. */
function bomb() {
  return (packed ??= gzipSync(Buffer.alloc(BOMB_BYTES)))
}

/** 2 MB of zeros in 2 kB, said to be a thousand bytes. */
function smallBomb() {
  const bytes = gzipSync(Buffer.alloc(2 * 1024 * 1024))
  bytes.writeUInt32LE(1000, bytes.length - 4)
  return bytes
}

/**
 * A token that nobody signed.
 *
 * @param {object} header
 * @param {object} claims
 */
function unsigned(header, claims) {
  const signature = randomBytes(256).toString('base64url')
  return `${encode({ alg: 'RS256', typ: 'JWT', ...header })}.${encode(claims)}.${signature}`
}

/** @param {World} world */
function headerOf({ inboundTokens }) {
  return JSON.parse(Buffer.from(inboundTokens.channel.split('.')[0] ?? '', 'base64url').toString())
}

/** @param {World} world */
function claimsOf({ inboundTokens }) {
  return JSON.parse(Buffer.from(inboundTokens.channel.split('.')[1] ?? '', 'base64url').toString())
}

/** @param {number} count */
function manyClaims(count) {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`claim${index}`, 'abcdefgh']))
}

/** @param {object} part */
function encode(part) {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
