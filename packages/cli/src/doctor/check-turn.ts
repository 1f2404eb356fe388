import { ParleyError } from '@parley/core'
import type { ServiceEvent } from '@parley/service'
import { DirectLineConversation } from '../direct-line/direct-line-conversation.ts'
import { isFromUser, textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'
import { failed, ok, warning } from './check-result.ts'
import type { CheckResult } from './check-result.ts'
import { TURN } from './turn-service.ts'
import type { OwnService, TurnService } from './turn-service.ts'

const SAID = 'hello'
const POLL_MS = 50
const MAX_SHOWN = 60

/** Says hello to the bot and waits for what it says. */
export async function checkTurn(
  turn: Exclude<TurnService, { kind: 'none' }>,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<CheckResult> {
  const service = turn.kind === 'own' ? turn.service.url : turn.url
  const credential = turn.kind === 'own' ? { secret: turn.service.directLineSecret } : turn.credential
  const own = turn.kind === 'own' ? turn : undefined
  const limit = (): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  let giveUp = limit()
  try {
    const conversation = await DirectLineConversation.start({ service, ...credential, user: { id: 'parley-doctor' } })
    const startedAt = performance.now()
    const { id } = await conversation.post({ type: 'message', text: SAID }, giveUp)
    // What it answers may come later than that it takes the message.
    giveUp = limit()
    const answer = await answerTo(id, conversation, giveUp)
    const ms = Math.round(performance.now() - startedAt)
    return answer ? ok(TURN, `The bot says ${shown(answer)} to "${SAID}" after ${ms} ms.`) : silence(own, timeoutMs)
  } catch (error) {
    if (giveUp.aborted) return late(own, timeoutMs)
    if (!ParleyError.isParleyError(error)) throw error
    return refusal(own, error.message)
  }
}

/** The reply to an activity; when time is up, anything the bot has said. */
async function answerTo(
  id: string,
  conversation: DirectLineConversation,
  giveUp: AbortSignal,
): Promise<WireActivity | undefined> {
  for (;;) {
    const { activities } = await conversation.poll(undefined)
    const said = activities.filter((each) => each.type === 'message' && !isFromUser(each, conversation.userId))
    const reply = said.find((each) => each['replyToId'] === id)
    if (reply || giveUp.aborted) return reply ?? said.at(-1)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

function shown(activity: WireActivity): string {
  const text = textOf(activity['text'])
  if (text === '') return 'something without text'
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text)
}

function silence(own: OwnService | undefined, timeoutMs: number): CheckResult {
  const cause = causeOf(own)
  if (cause) return failed(TURN, 'The bot took the message and could not answer.', cause)
  const detail = `The bot took the message and said nothing within ${timeoutMs / 1000} s.`
  return warning(TURN, detail, 'If it should have said something, see its log: it may not get a token to reply with.')
}

function late(own: OwnService | undefined, timeoutMs: number): CheckResult {
  const advice = causeOf(own) ?? 'See its log; --timeout gives it more time. Real channels wait 15 s for a bot.'
  return failed(TURN, `The bot did not answer within ${timeoutMs / 1000} s.`, advice)
}

function refusal(own: OwnService | undefined, reason: string): CheckResult {
  if (own && !own.isTrusted && own.events.some(isDistrust)) {
    const advice =
      'Rightly so, if it works with the cloud. To try a whole turn here, run it with parley dev, or with ChannelService set to a ' +
      'local service such as http://127.0.0.1:3979, which the doctor then starts.'
    return warning(TURN, 'None was run: the bot did not take the token of a local service.', advice)
  }
  const cause = causeOf(own)
  if (cause) return failed(TURN, 'The bot could not answer.', cause)
  const isRefused = own?.events.some(({ kind }) => kind === 'bot-refused-token')
  // The doctor's service has new keys each time, and bots look for new keys now and then only.
  const again = isRefused ? ' If another local service ran a moment ago, wait half a minute and try again.' : ''
  return failed(TURN, 'The bot did not take the message.', `${reason}${again}`)
}

/** A bot that cannot fetch the keys of its cloud answers 503. */
function isDistrust({ kind, status }: ServiceEvent): boolean {
  return kind === 'bot-refused-token' || status === 503
}

/** What the service knows to be behind it. */
function causeOf(own: OwnService | undefined): string | undefined {
  return own?.events.find(({ kind }) => kind === 'bot-wrong-secret' || kind === 'bot-wrong-tenant')?.message
}
