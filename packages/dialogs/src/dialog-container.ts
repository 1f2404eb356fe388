import { Severity } from '@parley/core'
import type { BotTelemetryClient } from '@parley/core'
import type { DialogContext } from './dialog-context.ts'
import { DialogSet } from './dialog-context.ts'
import { DialogEvents } from './dialog-events.ts'
import { Dialog } from './dialog.ts'
import type { DialogEvent } from './dialog.ts'

/** A dialog with dialogs inside, whose stack it keeps in its own state. */
export abstract class DialogContainer<O extends object = object> extends Dialog<O> {
  readonly dialogs: DialogSet = new DialogSet()
  private isPassingOn = false

  /** The stack inside, when this is the active dialog of `dc`. */
  abstract createChildContext(dc: DialogContext): DialogContext | undefined

  /** The dialog inside with that id. */
  findDialog(dialogId: string): Dialog | undefined {
    return this.dialogs.find(dialogId)
  }

  /** Reports a change of version that nobody has handled. */
  override async onDialogEvent(dc: DialogContext, e: DialogEvent): Promise<boolean> {
    if (await super.onDialogEvent(dc, e)) return true
    if (e.name !== DialogEvents.versionChanged) return false
    const message = `Unhandled dialog event: ${e.name}. Active Dialog: ${dc.activeDialog?.id}`
    this.telemetryClient.trackTrace({ message, severityLevel: Severity.Warning })
    await dc.context.sendTraceActivity(message)
    return false
  }

  /** The version that is stored with the stack inside. */
  protected getInternalVersion(): string {
    return this.dialogs.getVersion()
  }

  /** Tells the dialogs when those the stored stack was made with are not those that are here now. */
  protected async checkForVersionChange(dc: DialogContext): Promise<void> {
    const instance = dc.activeDialog
    if (!instance) return
    const before = instance.version
    instance.version = this.getInternalVersion()
    if (before && before !== instance.version) await dc.emitEvent(DialogEvents.versionChanged, this.id, true, false)
  }

  /** Where this dialog and those inside report what happens in them. */
  override get telemetryClient(): BotTelemetryClient {
    return super.telemetryClient
  }

  override set telemetryClient(client: BotTelemetryClient) {
    super.telemetryClient = client
    // Containers may be inside each other.
    if (this.isPassingOn) return
    this.isPassingOn = true
    this.dialogs.telemetryClient = super.telemetryClient
    this.isPassingOn = false
  }
}
