import { ActivityRoad } from '@parley/adapter/internal'
import type { InboundRequest } from '@parley/adapter/internal'
import type { VerifiedIdentity } from '@parley/auth'
import type { Activity, InvokeResponse, TurnContext } from '@parley/core'
import { toError } from '@parley/core/internal'
import type { AuthenticateRequestResult } from '../../connector/auth/authenticate-request-result.ts'
import type { BotFrameworkAuthentication } from '../../connector/auth/bot-framework-authentication.ts'
import { CloudAdapterBase } from '../../core/adapter/cloud-adapter-base.ts'
import { ConfigurationBotFrameworkAuthentication } from '../../core/adapter/configuration-bot-framework-authentication.ts'
import type { INodeBuffer, INodeDuplex, INodeSocket } from '../../streaming/index.ts'
import { unsupportedStreaming } from '../../streaming/unsupported-streaming.ts'
import type { BotFrameworkHttpAdapter } from './bot-framework-http-adapter.ts'
import { consoleLogger } from './console-logger.ts'
import { answerOf, answerWithoutBody, fromWebRequest, hasBody, writeWebAnswer } from './http-exchange.ts'
import { refuseStreaming } from './refuse-streaming.ts'
import { RoadAuthentication } from './road-authentication.ts'
import { ACKNOWLEDGE_AFTER_MS, MAX_BODY_BYTES } from './road-limits.ts'
import type { Request, Response } from './web-messages.ts'

/** A bot's logic, as v4 types it. */
type Logic = (context: TurnContext) => Promise<void>

/**
 * Joins a bot to channels over HTTP. Requests take Parley's road: the sender is proven before the body is read, deliveries of
 * one activity are one turn, and the turns of a conversation run one after the other.
 */
export class CloudAdapter extends CloudAdapterBase implements BotFrameworkHttpAdapter {
  private readonly authentication: RoadAuthentication
  private readonly road: ActivityRoad

  /** @param botFrameworkAuthentication - Default: none, for bots that are tried on their own machine. */
  constructor(botFrameworkAuthentication: BotFrameworkAuthentication = new ConfigurationBotFrameworkAuthentication()) {
    super(botFrameworkAuthentication)
    this.authentication = new RoadAuthentication(botFrameworkAuthentication)
    this.road = new ActivityRoad({
      authenticator: this.authentication,
      logger: consoleLogger,
      servesOnlyThisMachine: () => this.authentication.servesOnlyThisMachine(),
      maxBodyBytes: MAX_BODY_BYTES,
      requiredOfUnproven: 'type',
      acknowledgeAfterMs: ACKNOWLEDGE_AFTER_MS,
    })
  }

  /** Answers a request to `/api/messages`. Never rejects for what the request holds. */
  process(req: Request, res: Response, logic: Logic): Promise<void>
  /** @throws UnsupportedError `DROPIN_UNSUPPORTED`: streaming connections. */
  process(req: Request, socket: INodeSocket, head: INodeBuffer, logic: Logic): Promise<void>
  /** @throws UnsupportedError `DROPIN_UNSUPPORTED`: streaming connections. */
  process(req: Request, socket: INodeDuplex, head: INodeBuffer, logic: Logic): Promise<void>
  async process(
    req: Request,
    resOrSocket: Response | INodeSocket | INodeDuplex,
    logicOrHead: Logic | INodeBuffer,
    maybeLogic?: Logic,
  ): Promise<void> {
    if (maybeLogic !== undefined) refuseStreaming('CloudAdapter.process with a socket', resOrSocket as INodeSocket)
    const res = resOrSocket as Response
    const logic = logicOrHead as Logic
    checkExchange(req, res, logic)
    if (req.method === 'POST' && !hasBody(req)) return answerWithoutBody(res)
    const request = fromWebRequest(req)
    const answer = await this.road.handle(request, (sender, activity) => ({
      acknowledged: () => {},
      run: async () => answerOf(await this.runTurn(request, sender, activity, logic)),
    }))
    try {
      await writeWebAnswer(req, res, answer)
    } catch (error) {
      consoleLogger.error({ ev: 'answer.failed', err: toError(error) }, 'Could not write an answer.')
    }
  }

  /**
   * Runs the turn of an activity that came some other way.
   *
   * @param authorization - The Authorization header, or what came of checking it.
   * @throws Error What the turn threw, as text.
   */
  async processActivityDirect(
    authorization: string | AuthenticateRequestResult,
    activity: Activity,
    logic: Logic,
  ): Promise<void> {
    try {
      await this.processActivity(authorization as string, activity, logic)
    } catch (error) {
      const { stack } = toError(error)
      throw new Error(`CloudAdapter.processActivityDirect(): ERROR\n ${stack}`, { cause: error })
    }
  }

  /** @throws UnsupportedError `DROPIN_UNSUPPORTED`: streaming connections. */
  async connectNamedPipe(
    _pipeName: string,
    _logic: Logic,
    _appId: string,
    _audience: string,
    _callerId?: string,
    _retryCount?: number,
  ): Promise<void> {
    throw unsupportedStreaming('connectNamedPipe')
  }

  /** Takes no more requests, which are answered with 503, and waits for the turns that are running. */
  close(options?: { readonly timeoutMs?: number }): Promise<void> {
    return this.road.close(options)
  }

  /** In order with the other turns of the conversation. */
  protected override async runProactive(activity: Activity, context: TurnContext, logic: Logic): Promise<void> {
    await this.road.runProactive(activity, () => super.runProactive(activity, context, logic))
  }

  /** What a bot has put in the place of `processActivity` gets the header, as v4 gives it. */
  private async runTurn(
    request: InboundRequest,
    sender: VerifiedIdentity,
    activity: Activity,
    logic: Logic,
  ): Promise<InvokeResponse | undefined> {
    if (this.processActivity !== CloudAdapter.prototype.processActivity) {
      return this.processActivity(request.header('authorization') ?? '', activity, logic)
    }
    return this.processActivity(await this.authentication.resultOf(sender, activity), activity, logic)
  }
}

function checkExchange(req: Request, res: Response, logic: Logic): void {
  if (!req) throw new TypeError('`req` parameter required')
  if (typeof res?.end !== 'function' || typeof res.status !== 'function' || typeof res.send !== 'function') {
    throw new TypeError('`res` must have the functions `status`, `send` and `end`, as in restify and Express.')
  }
  if (typeof logic !== 'function') throw new TypeError('`logic` must be a function')
}
