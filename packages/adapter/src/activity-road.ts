import type { AdmittedActivity, InboundHeaders, VerifiedIdentity } from '@parley/auth'
import { InboundRefusedError } from '@parley/core'
import type { Activity, Logger } from '@parley/core'
import { toError } from '@parley/core/internal'
import { AdapterCounters } from './adapter-counters.ts'
import type { AdapterMetrics } from './adapter-counters.ts'
import { refuse, turnFailed } from './http/answers.ts'
import { checkHead } from './http/check-head.ts'
import type { Answer, InboundRequest } from './http/inbound-request.ts'
import { HTTP_REFUSALS } from './http/refusals.ts'
import type { CloudAdapterOptions } from './options.ts'
import { RefusalLog } from './refusal-log.ts'
import { RunningTurns } from './running-turns.ts'
import { acknowledge } from './stages/acknowledge.ts'
import { checkAnonymousSender } from './stages/anonymous-sender.ts'
import { parseBody } from './stages/parse-body.ts'
import type { SendJournal } from './stages/send-journal.ts'
import { TurnQueue } from './stages/turn-queue.ts'
import type { TurnResults } from './stages/turn-results.ts'
import type { StartTurn, TurnRun } from './stages/turn-run.ts'
import { TrustedServiceUrls } from './trusted-service-urls.ts'
import { codeOf, TurnLog } from './turn-log.ts'
import { createTurnResults } from './turn-storage/create-turn-results.ts'

const DEFAULT_CLOSE_TIMEOUT_MS = 10_000

/** Proves who sends; `createInboundAuthenticator` of `@parley/auth` makes one. */
export interface RoadAuthenticator {
  /** Stage 1, from the headers alone. */
  authenticate(headers: InboundHeaders): Promise<VerifiedIdentity>
  /** Stage 3, on the parsed activity. May take time, where only the activity says what is to be proven. */
  admit(identity: VerifiedIdentity, activity: AdmittedActivity): void | Promise<void>
}

/** Options of {@link ActivityRoad}: those of the adapter that concern it, resolved. */
export interface ActivityRoadOptions extends Pick<
  CloudAdapterOptions,
  'concurrency' | 'turnStorage' | 'maybeSent' | 'onTurnStorageFailure' | 'trustedServiceUrls'
> {
  readonly authenticator: RoadAuthenticator
  readonly logger: Logger
  /** Whether only senders on this machine are let in: the bot has no app id. May take time to find out. */
  readonly servesOnlyThisMachine: boolean | (() => Promise<boolean>)
  readonly maxBodyBytes: number
  readonly acknowledgeAfterMs: number
  /** What an activity must have whose sender proves nothing. Default `inbound`, as of all others. */
  readonly requiredOfUnproven?: 'inbound' | 'type'
}

/** The end of the road: the turn of an activity that was let in, which its adapter runs. */
export interface RoadTurn {
  /** Stages 6 to 8. What it throws is logged and answered with 500. */
  run(): Promise<Answer>
  /** The channel was answered while the turn goes on. */
  acknowledged(): void
}

/**
 * Makes the turn of an activity that was let in.
 *
 * @param journal - What earlier runs of the turn have sent.
 */
export type BeginTurn = (sender: VerifiedIdentity, activity: Activity, journal: SendJournal | undefined) => RoadTurn

/**
 * The road an activity takes from a host to its turn, and the answer back. Whose turn it is, the adapter at its end knows.
 */
export class ActivityRoad {
  readonly turnLog: TurnLog
  /** Where the bot may speak first. */
  readonly trusted: TrustedServiceUrls
  private readonly options: ActivityRoadOptions
  private readonly refusals: RefusalLog
  private readonly results: TurnResults
  private readonly queue: TurnQueue
  /** Requests without an answer yet; a turn may outlive its own. */
  private readonly requests: RunningTurns = new RunningTurns()
  private readonly turns: RunningTurns = new RunningTurns()
  private readonly counters: AdapterCounters = new AdapterCounters()
  private isClosing = false

  constructor(options: ActivityRoadOptions) {
    this.options = options
    this.turnLog = new TurnLog(options.logger)
    this.trusted = new TrustedServiceUrls(options.trustedServiceUrls)
    this.refusals = new RefusalLog(options.logger)
    this.queue = new TurnQueue({ concurrency: options.concurrency })
    const { counters, turnLog } = this
    this.results = createTurnResults(options, { counters, turnLog, waitMs: options.acknowledgeAfterMs })
  }

  /** Takes a request to its turn. Always answers. */
  async handle(request: InboundRequest, begin: BeginTurn): Promise<Answer> {
    const startedAt = performance.now()
    if (this.isClosing) return this.refused(closing(), false, { request, startedAt })
    return this.requests.track(() => this.walk(request, begin, startedAt))
  }

  /** Runs a turn the bot starts itself, in order with those of its conversation. */
  runProactive(activity: Activity, turn: () => Promise<void>): Promise<void> {
    return this.turns.track(() => this.queue.runProactive(activity, turn))
  }

  /** What passed since the road was made. */
  metrics(): AdapterMetrics {
    return this.counters.snapshot(this.turns.size)
  }

  /** Takes no more requests and waits for the turns that are running. */
  async close({ timeoutMs = DEFAULT_CLOSE_TIMEOUT_MS }: { readonly timeoutMs?: number } = {}): Promise<void> {
    this.isClosing = true
    await Promise.all([this.requests.settled(timeoutMs), this.turns.settled(timeoutMs)])
    const unfinished = { turns: this.turns.size, requests: this.requests.size }
    if (unfinished.turns + unfinished.requests > 0) {
      this.options.logger.warn({ ev: 'close.unfinished', ...unfinished }, 'Closed before all turns had ended.')
    }
    await this.results.close()
  }

  /** The stages, each of which may refuse. */
  private async walk(request: InboundRequest, begin: BeginTurn, startedAt: number): Promise<Answer> {
    let identity: VerifiedIdentity | undefined
    let channelId: string | undefined
    try {
      checkHead(request)
      const sender = (identity = await this.authenticate(request))
      const required = sender.kind === 'anonymous' ? this.options.requiredOfUnproven : 'inbound'
      const activity = await parseBody(request, this.options.maxBodyBytes, required)
      channelId = activity.channelId
      await this.options.authenticator.admit(sender, activity)
      this.trust(sender, activity)
      this.counters.admitted += 1
      const start: StartTurn = (journal) => {
        // What was waited for another host is not there to wait for the bot.
        const waitedMs = this.results.areShared ? performance.now() - startedAt : 0
        return this.start(activity, begin(sender, activity, journal), waitedMs)
      }
      if (request.comesOnce) return await start(undefined).answer
      return await this.results.once(sender.callerId ?? '', activity, start)
    } catch (error) {
      return this.refused(error, identity !== undefined, { request, channelId, startedAt })
    }
  }

  /** Before anything of the body is read. */
  private async authenticate(request: InboundRequest): Promise<VerifiedIdentity> {
    const { servesOnlyThisMachine: isLocal, authenticator } = this.options
    if (typeof isLocal === 'function' ? await isLocal() : isLocal) checkAnonymousSender(request)
    const { rawHeaders } = request
    const authorization = request.header('authorization')
    return authenticator.authenticate(rawHeaders === undefined ? { authorization } : { rawHeaders, authorization })
  }

  /** After stage 3 what the body says of its sender is what the token proved. */
  private trust(identity: VerifiedIdentity, activity: Activity): void {
    if (identity.callerId !== undefined) activity.callerId = identity.callerId
    if (identity.kind === 'channel') this.trusted.prove(activity.serviceUrl)
  }

  /** Stage 5, and an answer in time. */
  private start(activity: Activity, turn: RoadTurn, waitedMs: number): TurnRun {
    this.counters.turns += 1
    const end = this.turns.track(() => this.queue.run(activity, () => this.run(activity, turn)))
    const afterMs = Math.max(0, this.options.acknowledgeAfterMs - waitedMs)
    const acknowledged = (): void => {
      this.counters.acknowledged += 1
      turn.acknowledged()
    }
    return { answer: acknowledge(activity, end, afterMs, acknowledged), end }
  }

  private async run(activity: Activity, turn: RoadTurn): Promise<Answer> {
    try {
      return await turn.run()
    } catch (error) {
      return this.failed(error, activity)
    }
  }

  private refused(
    error: unknown,
    isProven: boolean,
    { startedAt, ...facts }: { request: InboundRequest; channelId?: string | undefined; startedAt: number },
  ): Answer {
    if (!(error instanceof InboundRefusedError)) return this.failed(error, undefined)
    this.counters.refused(error.code)
    const { id, answer } = refuse(error, isProven)
    const ms = Math.round((performance.now() - startedAt) * 1000) / 1000
    this.refusals.record(error, { ...facts, id, ms })
    return answer
  }

  private failed(thrown: unknown, activity: Activity | undefined): Answer {
    const error = toError(thrown)
    this.counters.failed += 1
    const { id, answer } = turnFailed(codeOf(error))
    this.turnLog.failed(activity, error, { id, status: answer.status })
    return answer
  }
}

function closing(): InboundRefusedError {
  const message = 'This host is shutting down.'
  return new InboundRefusedError(HTTP_REFUSALS.HTTP_CLOSING, message, { retryAfterSeconds: 1 })
}
