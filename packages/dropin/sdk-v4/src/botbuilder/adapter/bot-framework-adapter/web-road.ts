import { ActivityRoad } from '@parley/adapter/internal'
import type { Answer, RoadTurn } from '@parley/adapter/internal'
import type { VerifiedIdentity } from '@parley/auth'
import type { Activity } from '@parley/core'
import type { ClaimsIdentity } from '../../../connector/auth/claims-identity.ts'
import { consoleLogger } from '../console-logger.ts'
import { writeWebAnswer } from '../http-exchange.ts'
import { ACKNOWLEDGE_AFTER_MS, MAX_BODY_BYTES } from '../road-limits.ts'
import type { Response, WebRequest, WebResponse } from '../web-messages.ts'
import { AdapterAuthentication } from './adapter-authentication.ts'
import type { AdapterRules } from './adapter-authentication.ts'
import { processingError, refusalIn } from './processing-error.ts'
import { WebExchange } from './web-exchange.ts'

/** Runs the turn of a sender who was let in. */
export type RunTurn = (sender: ClaimsIdentity, activity: Activity) => Promise<Answer>

/** Parley's road for requests as v4's older adapter takes them: who asks is answered, and then told by an error. */
export class WebRoad {
  private readonly authentication: AdapterAuthentication
  private readonly road: ActivityRoad

  constructor(rules: AdapterRules) {
    const authentication = new AdapterAuthentication(rules)
    this.authentication = authentication
    this.road = new ActivityRoad({
      authenticator: authentication,
      logger: consoleLogger,
      servesOnlyThisMachine: () => authentication.servesOnlyThisMachine(),
      maxBodyBytes: MAX_BODY_BYTES,
      acknowledgeAfterMs: ACKNOWLEDGE_AFTER_MS,
      requiredOfUnproven: 'type',
    })
  }

  /** @throws Error After an answer of 400 and more, in v4's words. */
  async answer(req: WebRequest, res: WebResponse, runTurn: RunTurn): Promise<void> {
    const exchange = new WebExchange(req)
    const answer = await this.road.handle(exchange.inbound, (sender, activity) =>
      this.turnOf(exchange, sender, activity, runTurn),
    )
    await writeWebAnswer(req, res as Response, answer)
    if (answer.status >= 400) throw processingError(answer.status, this.reasonOf(exchange, answer))
  }

  /** Runs a turn the bot starts itself, in order with the others of its conversation. */
  runProactive(activity: Partial<Activity>, turn: () => Promise<void>): Promise<void> {
    return this.road.runProactive(activity as Activity, turn)
  }

  /** Takes no more requests, which are answered with 503, and waits for the turns that are running. */
  close(options?: { readonly timeoutMs?: number }): Promise<void> {
    return this.road.close(options)
  }

  private turnOf(exchange: WebExchange, sender: VerifiedIdentity, activity: Activity, runTurn: RunTurn): RoadTurn {
    return {
      acknowledged: () => {},
      run: async () => {
        try {
          return await runTurn(await this.authentication.identityOf(sender, activity), activity)
        } catch (error) {
          exchange.turnError = error
          throw error
        }
      },
    }
  }

  private reasonOf(exchange: WebExchange, answer: Answer): unknown {
    return (
      exchange.turnError ??
      this.authentication.reasonFor(exchange.rawHeaders) ??
      (answer.status === 400 ? exchange.bodyError() : undefined) ??
      refusalIn(answer)
    )
  }
}
