import { WaterfallDialog } from '@parley/dialogs'
import type { DialogTurnResult, WaterfallStepContext } from '@parley/dialogs'
import { CancelAndHelpDialog } from './cancel-and-help-dialog.ts'
import { question } from './question.ts'
import { TravelDatePrompt, definiteDay } from './travel-date-prompt.ts'

/** What the dialog begins with. */
export interface DateResolverOptions {
  /** What the user has already said about the date. */
  said?: string
}

const when = question('When would you like to travel?')
const whenExactly = question(
  'I need the day, the month and the year, for example May 3, 2027. When would you like to travel?',
)

/** Finds out on which day somebody travels. Its result is the day, as `YYYY-MM-DD`. */
export class DateResolverDialog extends CancelAndHelpDialog<DateResolverOptions> {
  protected override readonly helpText = 'Tell me the day you travel on, for example tomorrow, or May 3, 2027.'
  private readonly datePrompt = new TravelDatePrompt('date')

  constructor(dialogId = 'dateResolver') {
    super(dialogId)
    this.addDialog(
      new WaterfallDialog<DateResolverOptions>('steps', [
        (step) => this.readOrAsk(step),
        (step) => step.endDialog(typeof step.result === 'string' ? step.result : definiteDay(step.result)),
      ]),
    )
    this.addDialog(this.datePrompt)
  }

  private async readOrAsk(step: WaterfallStepContext<DateResolverOptions>): Promise<DialogTurnResult> {
    const { said } = step.options
    const day = said === undefined ? undefined : await this.datePrompt.readDay(step.context, said)
    if (day !== undefined) return step.next(day)
    return step.prompt('date', { prompt: said === undefined ? when : whenExactly, retryPrompt: whenExactly })
  }
}
