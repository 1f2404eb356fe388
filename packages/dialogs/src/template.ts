import type { DialogContext } from './dialog-context.ts'

/** Makes something out of what a dialog knows. */
export interface TemplateInterface<T, D = Record<string, unknown>> {
  bind(dialogContext: DialogContext, data?: D): Promise<T>
}
