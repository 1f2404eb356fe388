import type { OpenValue } from '@parley/core'
import { DialogContext } from './dialog-context.ts'
import type { DialogReason, DialogTurnResult } from './dialog.ts'

/** What a waterfall tells its step. */
export interface WaterfallStepInfo<O extends object> {
  /** Number of the step, from 0. */
  index: number
  options: O
  reason: DialogReason
  result: OpenValue
  values: object
  onNext(result?: OpenValue): Promise<DialogTurnResult>
}

/** The stack of dialogs, as a step of a waterfall sees it. */
export class WaterfallStepContext<O extends object = object> extends DialogContext {
  private readonly info: WaterfallStepInfo<O>

  constructor(dc: DialogContext, info: WaterfallStepInfo<O>) {
    super(dc.dialogs, dc, { dialogStack: dc.stack })
    // The step is on the stack of the waterfall, not above it.
    this.parent = dc.parent
    this.info = info
  }

  /** Number of the step, from 0. */
  get index(): number {
    return this.info.index
  }

  /** What the waterfall was begun with. */
  get options(): O {
    return this.info.options
  }

  /** Why the step runs. */
  get reason(): DialogReason {
    return this.info.reason
  }

  /** What the step before has led to: the result of its dialog, or what the user said. */
  get result(): OpenValue {
    return this.info.result
  }

  /** What the waterfall remembers; steps add to it. */
  get values(): OpenValue {
    return this.info.values
  }

  /**
   * Goes on to the next step at once.
   *
   * @throws Error: the step has gone on before.
   */
  next(result?: OpenValue): Promise<DialogTurnResult> {
    return this.info.onNext(result)
  }
}
