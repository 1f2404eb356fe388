import { randomUUID } from 'node:crypto'
import { failed, ok, warning } from './check-result.ts'
import type { CheckName, CheckResult } from './check-result.ts'
import { probe } from './http-probe.ts'
import type { ProbeAnswer, ProbeRequest, ProbeResult } from './http-probe.ts'

const ENDPOINT: CheckName = { id: 'endpoint', title: 'Endpoint' }
const NO_TOKEN: CheckName = { id: 'no-token', title: 'Request without a token' }
const FORGED: CheckName = { id: 'forged-token', title: 'Forged token' }
const METHOD: CheckName = { id: 'method', title: 'GET' }
const BODIES: CheckName = { id: 'bad-bodies', title: 'Bad bodies' }
const TIME: CheckName = { id: 'response-time', title: 'Response time' }
const CLOCK: CheckName = { id: 'clock', title: 'Clock' }

/** Bots allow tokens this much. */
const MAX_SKEW_SECONDS = 300
const WORRYING_SKEW_SECONDS = 60
const SLOW_MS = 1_000
/** Twice what Parley takes. */
const LARGE_BYTES = 2 * 1024 * 1024

/** Where the endpoint is, and how long to wait for it. */
export interface EndpointTarget {
  readonly endpoint: URL
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** What the checks of an endpoint need. */
export interface EndpointChecks extends EndpointTarget {
  /** A token that the bot has to refuse. */
  readonly forgedToken: string
  /** A token that the bot should accept, where there is one. */
  readonly goodToken: string | undefined
}

/** Whether activities are taken there at all; `anonymous` is what came of one without a token. */
export interface EndpointReach {
  readonly result: CheckResult
  readonly anonymous: ProbeResult
}

/** The first look; nothing else about the endpoint makes sense when it fails. */
export async function reachEndpoint(checks: EndpointTarget): Promise<EndpointReach> {
  const anonymous = await post(checks, activity())
  return { result: judgeEndpoint(checks.endpoint, anonymous), anonymous }
}

/** How the endpoint takes requests that it has to refuse. */
export async function checkEndpoint(checks: EndpointChecks, anonymous: ProbeAnswer): Promise<readonly CheckResult[]> {
  const forged = await post(checks, activity(), checks.forgedToken)
  const get = await probe(checks.endpoint, { ...checks, method: 'GET' })
  return [
    judgeAnonymous(anonymous),
    judgeForged(forged),
    judgeGet(get),
    await checkBodies(checks, [anonymous, forged, get]),
    judgeTime(forged.kind === 'answered' ? Math.min(anonymous.ms, forged.ms) : anonymous.ms),
    ...judgeClock(anonymous),
  ]
}

function post(checks: EndpointTarget, body: string, token?: string): Promise<ProbeResult> {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  }
  const request: ProbeRequest = { ...checks, method: 'POST', headers, body }
  return probe(checks.endpoint, request)
}

/** An event that means nothing to any bot, should one take it after all. Replies to it go nowhere. */
function activity(padding = ''): string {
  return JSON.stringify({
    type: 'event',
    name: 'parley/doctor',
    id: randomUUID(),
    channelId: 'directline',
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: 'parley-doctor' },
    from: { id: 'parley-doctor' },
    recipient: { id: 'bot' },
    ...(padding === '' ? {} : { text: padding }),
  })
}

function judgeEndpoint(endpoint: URL, result: ProbeResult): CheckResult {
  if (result.kind === 'failed') {
    const advice =
      'The port is open and does not speak HTTP, or the bot hangs: see its log, and whether --bot says http or https rightly.'
    return failed(ENDPOINT, `${endpoint.href} gives no answer (${result.reason}).`, advice)
  }
  const { status, headers } = result
  const answered = `${endpoint.href} answers POST with ${status}`
  if (status === 404 || status === 405) {
    const why = status === 404 ? 'there is nothing at that path' : 'what is there takes no POST'
    return failed(ENDPOINT, `${answered}: ${why}.`, `Correct the path: bots mostly listen at /api/messages.`)
  }
  if (status >= 300 && status < 400) {
    const to = originOf(headers.location, endpoint)
    return failed(
      ENDPOINT,
      `${answered} and sends the caller to ${to}.`,
      'Give the final address: channels follow no redirects.',
    )
  }
  if (status === 502 || status === 503 || status === 504) {
    return failed(ENDPOINT, `${answered}.`, 'A proxy cannot reach the bot, or the bot is stopping: see that it runs.')
  }
  return ok(ENDPOINT, `${endpoint.href} takes POST.`)
}

function originOf(location: string | undefined, endpoint: URL): string {
  return location !== undefined && URL.canParse(location, endpoint.href)
    ? new URL(location, endpoint).origin
    : 'nowhere'
}

function judgeAnonymous({ status }: ProbeAnswer): CheckResult {
  if (status === 401 || status === 403) return ok(NO_TOKEN, `refused with ${status}`)
  if (status < 300) {
    const advice =
      'Set MicrosoftAppId and its credential: anybody who reaches the bot can speak in the name of anybody.'
    return failed(NO_TOKEN, `It was accepted (${status}): the bot is open.`, advice)
  }
  if (status >= 500) {
    return failed(NO_TOKEN, `It was answered with ${status}, where 401 is right.`, 'The bot fails on it: see its log.')
  }
  const advice = 'See that nothing before the adapter, such as a body parser, answers requests.'
  return warning(NO_TOKEN, `It was answered with ${status}, where 401 is right.`, advice)
}

function judgeForged(result: ProbeResult): CheckResult {
  const fetching =
    'It has to fetch the keys of its channel: see that it gets to its login host, and that ChannelService is right.'
  if (result.kind === 'failed') return warning(FORGED, `The bot gives no answer to it (${result.reason}).`, fetching)
  const { status } = result
  if (status === 503) return warning(FORGED, 'The bot answers 503: it cannot check tokens now.', fetching)
  if (status < 300) {
    return failed(
      FORGED,
      `It was accepted (${status}): the bot does not check signatures.`,
      'Have the adapter authenticate requests.',
    )
  }
  if (status >= 500)
    return failed(FORGED, `It was answered with ${status}, where 401 is right.`, `See the bot's log. ${fetching}`)
  return ok(FORGED, `refused with ${status}`)
}

function judgeGet(result: ProbeResult): CheckResult {
  if (result.kind === 'failed') return warning(METHOD, `It gets no answer (${result.reason}).`, 'Answer it with 405.')
  const { status } = result
  if (status >= 400 && status < 500) return ok(METHOD, `refused with ${status}`)
  return warning(
    METHOD,
    `It is answered with ${status}, where 405 is right.`,
    'Activities come by POST only: route nothing else.',
  )
}

async function checkBodies(checks: EndpointChecks, before: readonly ProbeResult[]): Promise<CheckResult> {
  const { goodToken } = checks
  const broken = await post(checks, '{"type":', goodToken)
  const large = await post(checks, activity('x'.repeat(LARGE_BYTES)), goodToken)
  const tried = goodToken === undefined ? 'without a token' : 'with a token'
  const answers = { 'JSON that breaks off': broken, 'two megabytes': large }
  if ([...before, broken, large].some((result) => result.kind === 'answered' && showsStack(result.body))) {
    const advice = 'Answer with a fixed text: a stack trace tells strangers about the bot.'
    return failed(BODIES, 'An answer to a bad request has a stack trace in it.', advice)
  }
  for (const [what, result] of Object.entries(answers)) {
    if (result.kind === 'answered' && result.status >= 500) {
      return failed(
        BODIES,
        `${what}, sent ${tried}, is answered with ${result.status}.`,
        'The bot fails on it: see its log.',
      )
    }
  }
  const accepted = Object.entries(answers).filter(([, result]) => result.kind === 'answered' && result.status < 300)
  if (accepted.length > 0) {
    const detail = `${accepted.map(([what]) => what).join(' and ')}, sent ${tried}, is accepted.`
    return warning(BODIES, detail, 'Refuse with 400 what is no JSON, and with 413 what is larger than activities are.')
  }
  return ok(BODIES, `refused ${tried} with ${statusOf(broken)} and ${statusOf(large)}`)
}

/** A server may hang up on what is too large. */
function statusOf(result: ProbeResult): string {
  return result.kind === 'answered' ? String(result.status) : result.reason
}

/** `at run (/app/bot.js:1:2)`, plain or as it stands in JSON. */
function showsStack(body: string): boolean {
  return /(^|\n|\\n)\s*at .{1,200}:\d+:\d+\)?/.test(body)
}

function judgeTime(ms: number): CheckResult {
  const detail = `refuses in ${Math.round(ms)} ms`
  if (ms < SLOW_MS) return ok(TIME, detail)
  return warning(TIME, detail, 'That needs no work: is the machine busy, far away, or asleep until it is called?')
}

/** Dates in headers are whole seconds. Without one nothing is known. */
function judgeClock({ headers: { date }, answeredAt }: ProbeAnswer): readonly CheckResult[] {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) return []
  const skew = Math.round((theirs - answeredAt) / 1000)
  const detail = `The bot's clock is ${Math.abs(skew)} s ${skew < 0 ? 'behind' : 'ahead of'} this machine's.`
  const advice = 'Set the clocks by a time server: tokens are good for certain times only.'
  if (Math.abs(skew) > MAX_SKEW_SECONDS)
    return [failed(CLOCK, `${detail} Bots allow tokens ${MAX_SKEW_SECONDS} s.`, advice)]
  if (Math.abs(skew) > WORRYING_SKEW_SECONDS) return [warning(CLOCK, detail, advice)]
  return [ok(CLOCK, 'The bot and this machine agree.')]
}
