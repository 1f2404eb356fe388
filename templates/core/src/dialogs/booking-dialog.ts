import { ConfirmPrompt, TextPrompt, WaterfallDialog } from '@parley/dialogs'
import type { DialogTurnResult, WaterfallStepContext } from '@parley/dialogs'
import type { Recognizer } from '@parley/recognizers'
import { withoutUnserved } from '../language/airports.ts'
import { readBookingDetails } from '../language/booking-details.ts'
import type { BookingDetails } from '../language/booking-details.ts'
import { CancelAndHelpDialog } from './cancel-and-help-dialog.ts'
import { CityPrompt, cityQuestion } from './city-prompt.ts'
import { DateResolverDialog } from './date-resolver-dialog.ts'
import { question, statement } from './question.ts'

type BookingStep = WaterfallStepContext<BookingDetails>

const whatToChange = question('What should be different? Say, for example, to Berlin, or on May 3, 2027.')

/**
 * Asks for what is not known of a booking yet, and lets the user confirm or change it. Begun with what is already known; the
 * result is the whole booking, or nothing when the user has cancelled.
 */
export class BookingDialog extends CancelAndHelpDialog<BookingDetails> {
  protected override readonly helpText = 'I am booking a flight for you. Answer my question, or say cancel to leave it.'
  private readonly recognizer: Recognizer

  constructor(recognizer: Recognizer, dialogId = 'booking') {
    super(dialogId)
    this.recognizer = recognizer
    this.addDialog(
      new WaterfallDialog<BookingDetails>('steps', [
        (step) => this.askDestination(step),
        (step) => this.askOrigin(step),
        (step) => this.askDate(step),
        (step) => this.askConfirmation(step),
        (step) => this.finishOrAskChange(step),
        (step) => this.applyChange(step),
      ]),
    )
    this.addDialog(new CityPrompt('destination', 'to'))
    this.addDialog(new CityPrompt('origin', 'from'))
    this.addDialog(new DateResolverDialog('date'))
    this.addDialog(new ConfirmPrompt('confirmation'))
    this.addDialog(new TextPrompt('change'))
  }

  private async askDestination(step: BookingStep): Promise<DialogTurnResult> {
    const { to } = step.options
    return to === undefined ? step.prompt('destination', cityQuestion('Where would you like to go?')) : step.next(to)
  }

  private async askOrigin(step: BookingStep): Promise<DialogTurnResult> {
    step.options.to = step.result
    const { from } = step.options
    return from === undefined ? step.prompt('origin', cityQuestion('Where do you leave from?')) : step.next(from)
  }

  private async askDate(step: BookingStep): Promise<DialogTurnResult> {
    step.options.from = step.result
    const { travelDate } = step.options
    return step.beginDialog('date', travelDate === undefined ? {} : { said: travelDate })
  }

  private async askConfirmation(step: BookingStep): Promise<DialogTurnResult> {
    step.options.travelDate = step.result
    const { from, to, travelDate } = step.options
    return step.prompt('confirmation', {
      prompt: question(`You fly from ${from} to ${to} on ${travelDate}. Is this right?`),
      retryPrompt: question(`Please say yes or no: from ${from} to ${to} on ${travelDate}?`),
    })
  }

  private async finishOrAskChange(step: BookingStep): Promise<DialogTurnResult> {
    if (step.result === true) return step.endDialog(step.options)
    return step.prompt('change', { prompt: whatToChange, retryPrompt: whatToChange })
  }

  /** Goes through the steps again, which ask about nothing but what has become unclear, and about the whole. */
  private async applyChange(step: BookingStep): Promise<DialogTurnResult> {
    const changes = readBookingDetails(await this.recognizer.recognize(step.context))
    const { known, unserved } = withoutUnserved(changes)
    if (unserved.length > 0) await step.context.sendActivity(noFlights(unserved))
    else if (Object.keys(known).length === 0) await step.context.sendActivity(nothingFound)
    return step.replaceDialog('steps', { ...step.options, ...known })
  }
}

const nothingFound = statement('I found neither a city nor a date in that.')

/** Says which cities are not served. */
export function noFlights(cities: readonly string[]): ReturnType<typeof statement> {
  return statement(`I have no flights to or from ${cities.join(' and ')}.`)
}
