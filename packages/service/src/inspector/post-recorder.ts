import type { BotPost, PostObserver } from '../bots/post-observer.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { WireActivity } from '../conversations/wire-activity.ts'
import type { ActivityRecorder } from './activity-recorder.ts'
import type { Inspector } from './inspector.ts'
import { lint } from './lints/lint-rule.ts'
import { POST_RULES } from './lints/post-rules.ts'
import { redactHeaders } from './redact.ts'
import { storeMessage } from './stored-message.ts'
import type { TokenInspector } from './tokens/token-inspector.ts'
import type { TurnsSeen } from './turns-seen.ts'

/** Enters what is posted to bots, with their answers. */
export class PostRecorder implements PostObserver {
  private readonly inspector: Inspector
  private readonly activities: ActivityRecorder
  private readonly turns: TurnsSeen
  private readonly tokens: TokenInspector

  constructor(inspector: Inspector, activities: ActivityRecorder, turns: TurnsSeen, tokens: TokenInspector) {
    this.tokens = tokens
    this.inspector = inspector
    this.activities = activities
    this.turns = turns
  }

  begin(bot: RegisteredBot, activity: WireActivity): (post: BotPost) => void {
    const at = this.inspector.clock.now()
    const conversationId = activity.conversation?.id ?? ''
    const id = activity.id ?? ''
    this.turns.begin(conversationId, id, bot.appId)
    const text = this.activities.toBot(bot.appId, activity)
    return (post) => {
      this.turns.end(conversationId, id)
      this.enter(post, at, text)
    }
  }

  /** @param text - What is kept of the activity. */
  private enter(post: BotPost, at: number, text: string): void {
    const { bot, activity, headers, body, ms, answer, result } = post
    const { limits, secrets } = this.inspector
    const options = { maxBodyBytes: limits.maxBodyBytes, secrets }
    const { id, conversation, type } = activity
    const { status, body: answerBody = '' } = answer ?? {}
    const bodyBytes = answerBody.length
    this.inspector.enter({
      at,
      summary: {
        kind: 'http',
        ...(conversation ? { conversationId: conversation.id } : {}),
        appId: bot.appId,
        ...(id === undefined ? {} : { turn: id, activityId: id }),
        way: 'to-bot',
        method: 'POST',
        path: bot.endpoint.href,
        ...(answer ? { status: answer.status } : {}),
        ms,
        ...(result.kind === 'failed' ? { problem: result.problem.message } : {}),
      },
      token: this.tokens.ofPost(post),
      lint: () => lint(POST_RULES, { type, ms, status, bodyBytes }),
      request: {
        headers: redactHeaders(headers, secrets),
        text,
        bytes: body.length,
        ...(text.length < limits.maxBodyBytes ? {} : { truncated: true as const }),
      },
      ...(answer
        ? { response: storeMessage({ headers: answer.headers, body: Buffer.from(answer.body) }, options) }
        : {}),
    })
  }
}
