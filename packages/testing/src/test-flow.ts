import { AssertionError } from 'node:assert'
import { setTimeout as delay } from 'node:timers/promises'
import { ActivityTypes } from '@parley/core'
import type { Activity, ConversationReference, OpenValue, TurnContext } from '@parley/core'
import { assertReplyMatches, describeExpected } from './reply-expectation.ts'
import type { ExpectedReply } from './reply-expectation.ts'

/** What a flow needs of the adapter it drives. */
export interface FlowAdapter {
  readonly conversation: ConversationReference
  getNextReply(): Partial<Activity> | undefined
  /** Runs a turn of the adapter's own bot. */
  receiveActivity(activity: string | Partial<Activity>): Promise<unknown>
  /** Runs a turn of `callback`. */
  processActivity(
    activity: string | Partial<Activity>,
    callback: (context: TurnContext) => Promise<unknown>,
  ): Promise<unknown>
}

const DEFAULT_TIMEOUT_MS = 3000
const POLL_MS = 5

/**
 * A scripted conversation: each step begins when the one before it has passed. Steps return a new flow, so a flow may be
 * continued in several ways. Await the last one:
 *
 * ```ts
 * await new TestAdapter(logic).send('hi').assertReply('Hello World').assertNoReply('only once', 20)
 * ```
 */
export class TestFlow {
  /** Settles when the steps so far have. */
  previous: Promise<void>
  private readonly adapter: FlowAdapter
  private readonly callback: ((context: TurnContext) => Promise<unknown>) | undefined

  /** @param callback - The bot, when it is not the adapter's own. */
  constructor(previous: Promise<void>, adapter: FlowAdapter, callback?: (context: TurnContext) => Promise<unknown>) {
    this.previous = previous
    this.adapter = adapter
    this.callback = callback
  }

  /** {@link TestFlow.send} and {@link TestFlow.assertReply}. */
  test(
    userSays: string | Partial<Activity>,
    expected: ExpectedReply,
    description?: string,
    timeout?: number,
  ): TestFlow {
    const defaultDescription = `test(${describeExpected(userSays)}, ${describeExpected(expected)})`
    return this.send(userSays).assertReply(expected, description ?? defaultDescription, timeout)
  }

  /** The user says something; the step ends with the bot's turn. */
  send(userSays: string | Partial<Activity>): TestFlow {
    return this.step(() => this.runTurn(userSays))
  }

  /** The user joins the conversation. */
  sendConversationUpdate(): TestFlow {
    return this.step(async () => {
      const { user } = this.adapter.conversation
      await this.runTurn({ type: ActivityTypes.ConversationUpdate, membersAdded: user ? [user] : [] })
    })
  }

  /**
   * Waits for the next reply of the bot and compares it.
   *
   * @param expected - A text: the reply is a message that says exactly that. An activity: the reply has its properties, and may
   * have others. A function: called with the reply, throws when it is wrong.
   * @param description - Begins the message of the error.
   * @param timeout - How long to wait for a reply, in milliseconds. Default 3000.
   */
  assertReply(expected: ExpectedReply, description?: string, timeout: number = DEFAULT_TIMEOUT_MS): TestFlow {
    return this.step(async () => {
      const reply = await this.nextReply(timeout)
      if (!reply) {
        const step = `TestAdapter.assertReply(${describeExpected(expected)})`
        throw new AssertionError({ message: `${step}: ${description ?? ''} Timed out after ${timeout}ms.` })
      }
      await assertReplyMatches(reply, expected, description)
    })
  }

  /**
   * Waits, and expects the bot to stay silent.
   *
   * @param timeout - How long to wait, in milliseconds. Default 3000.
   */
  assertNoReply(description?: string, timeout: number = DEFAULT_TIMEOUT_MS): TestFlow {
    return this.step(async () => {
      const reply = await this.nextReply(timeout)
      if (!reply) return
      const received = describeExpected(reply)
      throw new AssertionError({
        message: `TestAdapter.assertNoReply(): ${description ?? ''} ${received} was sent when no reply was expected.`,
        actual: reply,
      })
    })
  }

  /** As {@link TestFlow.assertReply}, for a bot that picks one of several texts. */
  assertReplyOneOf(candidates: string[], description?: string, timeout?: number): TestFlow {
    const assertCandidate = (reply: Partial<Activity>): void => {
      if (candidates.includes(reply.text ?? '')) return
      const expectation = `FAILED, Expected one of :${JSON.stringify(candidates)}`
      throw new AssertionError({
        message: `TestAdapter.assertReplyOneOf(): ${description ?? ''} ${expectation}`,
        actual: reply.text,
        expected: candidates,
        operator: 'oneOf',
      })
    }
    return this.assertReply(assertCandidate, description, timeout)
  }

  /** Does nothing for `ms` milliseconds. */
  delay(ms: number): TestFlow {
    return this.step(() => delay(ms))
  }

  /** A step of your own; also what makes `await flow` work. */
  // oxlint-disable-next-line unicorn/no-thenable -- a flow is awaited
  then(onFulfilled?: ((value: void) => unknown) | null, onRejected?: ((error: OpenValue) => unknown) | null): TestFlow {
    return this.after(this.previous.then(onFulfilled, onRejected))
  }

  /** Goes on after a failed step. */
  catch(onRejected?: (error: OpenValue) => unknown): TestFlow {
    return this.after(this.previous.catch(onRejected))
  }

  /** Runs `onFinally` whether or not the steps passed. Ends the chain. */
  finally(onFinally: () => void): Promise<void> {
    return this.previous.finally(onFinally)
  }

  /** The whole flow as a promise. */
  startTest(): Promise<void> {
    return this.previous
  }

  private async runTurn(activity: string | Partial<Activity>): Promise<void> {
    if (this.callback) await this.adapter.processActivity(activity, this.callback)
    else await this.adapter.receiveActivity(activity)
  }

  private step(run: () => Promise<void>): TestFlow {
    return this.after(this.previous.then(run))
  }

  private after(previous: Promise<unknown>): TestFlow {
    return new TestFlow(previous as Promise<void>, this.adapter, this.callback)
  }

  /** Asked again and again rather than told, so that tests may also put replies into the queue themselves. */
  private async nextReply(timeoutMs: number): Promise<Partial<Activity> | undefined> {
    const deadline = performance.now() + timeoutMs
    for (;;) {
      const reply = this.adapter.getNextReply()
      if (reply || performance.now() >= deadline) return reply
      await delay(POLL_MS)
    }
  }
}
