import { DialogUsageError } from './dialog-usage-error.ts'
import { ActivityTypes, telemetryTrackDialogView } from '@parley/core'
import type { OpenValue, TurnContext } from '@parley/core'
import type { DialogContext } from './dialog-context.ts'
import { DialogStateCorruptedError } from './dialog-state-corrupted-error.ts'
import { Dialog, DialogReason } from './dialog.ts'
import type { DialogInstance, DialogTurnResult } from './dialog.ts'
import { WaterfallStepContext } from './waterfall-step-context.ts'

/** One step: usually begins a prompt, whose result the next step gets. */
export type WaterfallStep<O extends object = object> = (step: WaterfallStepContext<O>) => Promise<DialogTurnResult>

/** What a waterfall remembers. */
interface WaterfallState<O> {
  options: O
  values: { instanceId: string; [name: string]: OpenValue }
  stepIndex: number
}

/** A dialog of steps that run one after the other. */
export class WaterfallDialog<O extends object = object> extends Dialog<O> {
  private readonly steps: WaterfallStep<O>[]

  constructor(dialogId: string, steps: WaterfallStep<O>[] = []) {
    super(dialogId)
    this.steps = [...(steps ?? [])]
  }

  /** Changes with the number of steps. */
  override getVersion(): string {
    return `${this.id}:${this.steps.length}`
  }

  addStep(step: WaterfallStep<O>): this {
    this.steps.push(step)
    return this
  }

  override async beginDialog(dc: DialogContext, options?: O): Promise<DialogTurnResult> {
    const state = dc.activeDialog?.state as WaterfallState<O>
    state.options = options ?? ({} as O)
    state.values = { instanceId: globalThis.crypto.randomUUID() }
    const properties = { DialogId: this.id, InstanceId: state.values.instanceId }
    this.telemetryClient.trackEvent({ name: 'WaterfallStart', properties })
    telemetryTrackDialogView(this.telemetryClient, this.id)
    return this.runStep(dc, 0, DialogReason.beginCalled)
  }

  /** Only messages move a waterfall on. */
  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const { type, text } = dc.context.activity
    return type === ActivityTypes.Message ? this.resumeDialog(dc, DialogReason.continueCalled, text) : Dialog.EndOfTurn
  }

  override async resumeDialog(dc: DialogContext, reason: DialogReason, result?: OpenValue): Promise<DialogTurnResult> {
    const { stepIndex } = stateOf<O>(dc, this.id)
    return this.runStep(dc, stepIndex + 1, reason, result)
  }

  override async endDialog(_context: TurnContext, instance: DialogInstance, reason: DialogReason): Promise<void> {
    const { values, stepIndex } = (instance.state ?? {}) as Partial<WaterfallState<O>>
    const ids = { DialogId: this.id, InstanceId: values?.instanceId }
    if (reason === DialogReason.endCalled) {
      this.telemetryClient.trackEvent({ name: 'WaterfallComplete', properties: ids })
    } else if (reason === DialogReason.cancelCalled) {
      const properties = { ...ids, StepName: this.waterfallStepName(stepIndex ?? -1) }
      this.telemetryClient.trackEvent({ name: 'WaterfallCancel', properties })
    }
  }

  /** Runs one step. Override it to see or change what steps get and return. */
  protected async onStep(step: WaterfallStepContext<O>): Promise<DialogTurnResult> {
    const { instanceId } = step.values as { instanceId: string }
    const properties = { DialogId: this.id, InstanceId: instanceId, StepName: this.waterfallStepName(step.index) }
    this.telemetryClient.trackEvent({ name: 'WaterfallStep', properties })
    return this.steps[step.index]!(step)
  }

  /** Goes on to a step; after the last one the waterfall ends with `result`. */
  protected async runStep(
    dc: DialogContext,
    index: number,
    reason: DialogReason,
    result?: OpenValue,
  ): Promise<DialogTurnResult> {
    if (index >= this.steps.length) return dc.endDialog(result)
    const state = dc.activeDialog?.state as WaterfallState<O>
    state.stepIndex = index
    let hasGoneOn = false
    const onNext = async (stepResult?: OpenValue): Promise<DialogTurnResult> => {
      if (hasGoneOn) {
        throw new DialogUsageError(
          `WaterfallStepContext.next(): method already called for dialog and step '${this.id}[${index}]'.`,
        )
      }
      hasGoneOn = true
      return this.resumeDialog(dc, DialogReason.nextCalled, stepResult)
    }
    const { options, values } = state
    return this.onStep(new WaterfallStepContext<O>(dc, { index, options, reason, result, values, onNext }))
  }

  /** What telemetry calls a step: the name of its function, or its number. */
  private waterfallStepName(index: number): string {
    return this.steps[index]?.name || `Step${index + 1}of${this.steps.length}`
  }
}

/** The state of the waterfall that is active, which may have been stored by anyone. */
function stateOf<O>(dc: DialogContext, dialogId: string): WaterfallState<O> {
  const state: Partial<WaterfallState<O>> | undefined = dc.activeDialog?.state
  const isState = typeof state?.values === 'object' && state.values !== null && Number.isInteger(state.stepIndex)
  if (isState) return state as WaterfallState<O>
  throw new DialogStateCorruptedError(
    `The state of the waterfall '${dialogId}' has no values or no number of a step.`,
    dc,
  )
}
