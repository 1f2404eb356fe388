import assert, { AssertionError } from 'node:assert'
import { ActivityTypes } from '@parley/core'
import type { Activity, ConversationReference, OpenValue, TurnContext } from '@parley/core'
import type { TestActivityInspector } from '@parley/testing'

type Expected = string | Partial<Activity> | TestActivityInspector

/** What a flow needs of the adapter it drives. */
export interface FlowAdapter {
  readonly conversation: ConversationReference
  getNextReply(): Partial<Activity>
  processActivity(
    activity: string | Partial<Activity>,
    callback?: (context: TurnContext) => Promise<OpenValue>,
  ): Promise<OpenValue>
}

const DEFAULT_TIMEOUT_MS = 3000
const POLL_MS = 5

/** A scripted conversation. Each step returns a new flow; await the last one. */
export class TestFlow {
  /** Settles when the steps so far have. */
  previous: Promise<void>
  private readonly adapter: FlowAdapter
  private readonly callback: ((turnContext: TurnContext) => Promise<unknown>) | undefined

  /** @param callback - The bot, when it is not the adapter's own. */
  constructor(
    previous: Promise<void>,
    adapter: FlowAdapter,
    callback?: (turnContext: TurnContext) => Promise<unknown>,
  ) {
    this.previous = previous
    this.adapter = adapter
    this.callback = callback
  }

  /** The user says something, and the bot replies. */
  test(userSays: string | Partial<Activity>, expected: Expected, description?: string, timeout?: number): TestFlow {
    return this.send(userSays).assertReply(
      expected,
      description || `test(${JSON.stringify(userSays)}, ${inWords(expected)})`,
      timeout,
    )
  }

  /** The user says something; the step ends with the bot's turn. */
  send(userSays: string | Partial<Activity>): TestFlow {
    return this.step(() => this.adapter.processActivity(userSays, this.callback))
  }

  /** The user joins the conversation. */
  sendConversationUpdate(): TestFlow {
    const { user } = this.adapter.conversation
    return this.send({ type: ActivityTypes.ConversationUpdate, membersAdded: user ? [user] : [] })
  }

  /**
   * Waits for the next reply of the bot and compares it.
   *
   * @param expected - A text; properties the reply must have; or a function that throws when it is wrong.
   * @param timeout - How long to wait for a reply, in milliseconds. Default 3000.
   */
  assertReply(expected: Expected, description?: string, timeout?: number): TestFlow {
    return this.step(async () => {
      const started = Date.now()
      const reply = await this.nextReply(timeout || DEFAULT_TIMEOUT_MS)
      if (reply) return compare(reply, expected, description)
      const waited = Date.now() - started
      throw new Error(
        `TestAdapter.assertReply(${inWords(expected)}): ${description || ''} Timed out after ${waited}ms.`,
      )
    })
  }

  /** Waits, by default 3 s, and expects the bot to stay silent. */
  assertNoReply(description?: string, timeout?: number): TestFlow {
    return this.step(async () => {
      const reply = await this.nextReply(timeout || DEFAULT_TIMEOUT_MS)
      const said = `${JSON.stringify(reply)} is responded when waiting for no reply: '${description}'`
      assert.strictEqual(reply, undefined, said)
    })
  }

  /** As {@link TestFlow.assertReply}, for a bot that picks one of several texts. */
  assertReplyOneOf(candidates: string[], description?: string, timeout?: number): TestFlow {
    const isCandidate: TestActivityInspector = ({ text }, about) => {
      if (candidates.includes(text as string)) return
      const list = JSON.stringify(candidates)
      assert.fail(`TestAdapter.assertReplyOneOf(): ${about || ''} FAILED, Expected one of :${list}`)
    }
    return this.assertReply(isCandidate, description, timeout)
  }

  /** Does nothing for `ms` milliseconds. */
  delay(ms: number): TestFlow {
    return this.step(() => wait(ms))
  }

  /** A step of your own; also what makes `await flow` work. */
  // oxlint-disable-next-line unicorn/no-thenable -- a flow is awaited
  then(onFulfilled?: () => void, onRejected?: (err: OpenValue) => void): TestFlow {
    return this.after(this.previous.then(onFulfilled, onRejected))
  }

  /** Runs `onFinally` whether or not the steps passed. Ends the chain. */
  finally(onFinally: () => void): Promise<void> {
    return this.previous.finally(onFinally)
  }

  /** Goes on after a failed step. */
  catch(onRejected?: (reason: OpenValue) => void): TestFlow {
    return this.after(this.previous.catch(onRejected))
  }

  /** The whole flow as a promise. */
  startTest(): Promise<void> {
    return this.previous
  }

  private step(run: () => Promise<unknown>): TestFlow {
    return this.after(this.previous.then(run))
  }

  private after(previous: Promise<unknown>): TestFlow {
    return new TestFlow(previous as Promise<void>, this.adapter, this.callback)
  }

  /** Asked again and again, because tests may also put replies into the queue themselves. */
  private async nextReply(timeoutMs: number): Promise<Partial<Activity> | undefined> {
    const deadline = Date.now() + timeoutMs
    for (;;) {
      const reply: Partial<Activity> | undefined = this.adapter.getNextReply()
      if (reply || Date.now() >= deadline) return reply
      await wait(POLL_MS)
    }
  }
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

/** The loose comparisons are v4's. */
function compare(reply: Partial<Activity>, expected: Expected, description: string | undefined): unknown {
  if (typeof expected === 'function') return expected(reply, description || '')
  if (typeof expected === 'object') {
    for (const [name, value] of Object.entries(expected)) {
      // oxlint-disable-next-line eqeqeq -- as above
      if (typeof value === 'object') assert.deepEqual(reply[name as keyof Activity], value)
      else assert.equal(reply[name as keyof Activity], value)
    }
    return undefined
  }
  assert.equal(reply.type, ActivityTypes.Message, `${description || ''} type === '${reply.type}'. `)
  if (reply.text === expected) return undefined
  throw new AssertionError({
    message: `${description || ''} text === "${reply.text}"`,
    actual: reply.text,
    expected,
    operator: '==',
  })
}

function inWords(expected: Expected): string {
  if (typeof expected === 'function') return String(expected)
  if (typeof expected === 'object') return `"${expected.text}`
  return JSON.stringify(expected)
}
