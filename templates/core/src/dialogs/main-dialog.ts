import { ActivityTypes, InputHints, MessageFactory } from '@parley/core'
import type { Activity } from '@parley/core'
import { ComponentDialog, TextPrompt, WaterfallDialog } from '@parley/dialogs'
import type { DialogTurnResult, WaterfallStepContext } from '@parley/dialogs'
import { topIntent } from '@parley/recognizers'
import type { Recognizer, RecognizerResult } from '@parley/recognizers'
import { withoutUnserved } from '../language/airports.ts'
import { readBookingDetails } from '../language/booking-details.ts'
import type { Booking } from '../language/booking-details.ts'
import { BookingDialog, noFlights } from './booking-dialog.ts'
import { interruptionIn } from './cancel-and-help-dialog.ts'
import { statement } from './question.ts'

/** What the dialog begins with. */
export interface MainOptions {
  /** What it asks with; absent the first time. */
  question?: string
}

type MainStep = WaterfallStepContext<MainOptions>

/** Below it the bot says that it has not understood, rather than do something the user did not ask for. */
const MIN_SCORE = 0.5

const help = 'I book flights. Say, for example: Book a flight from Paris to Berlin tomorrow.'

/** Asks what the user wants, does it, and asks again. */
export class MainDialog extends ComponentDialog<MainOptions> {
  private readonly recognizer: Recognizer

  constructor(recognizer: Recognizer, dialogId = 'main') {
    super(dialogId)
    this.recognizer = recognizer
    this.addDialog(
      new WaterfallDialog<MainOptions>('steps', [
        (step) => this.ask(step),
        (step) => this.act(step),
        (step) => this.conclude(step),
      ]),
    )
    this.addDialog(new TextPrompt('wish'))
    this.addDialog(new BookingDialog(recognizer))
  }

  /** Who begins by saying something is answered, not asked. */
  private async ask(step: MainStep): Promise<DialogTurnResult> {
    const { type, text } = step.context.activity
    const isFirst = step.options.question === undefined
    if (isFirst && type === ActivityTypes.Message && text) return step.next(text)
    const prompt = wishQuestion(step.options.question ?? 'What can I do for you?')
    return step.prompt('wish', { prompt, retryPrompt: wishQuestion(`I can only read text. ${help}`) })
  }

  private async act(step: MainStep): Promise<DialogTurnResult> {
    const { context } = step
    const interruption = interruptionIn(context.activity)
    if (interruption === 'help') return this.say(step, help)
    if (interruption === 'cancel') return this.say(step, 'There is nothing to cancel.')
    const result = await this.recognizer.recognize(context)
    switch (topIntent(result, MIN_SCORE)) {
      case 'BookFlight':
        return this.book(step, result)
      case 'GetWeather':
        return this.say(step, 'I cannot look up the weather yet.')
      default:
        return this.say(step, `I did not understand that. ${help}`)
    }
  }

  private async book(step: MainStep, result: RecognizerResult): Promise<DialogTurnResult> {
    const { known, unserved } = withoutUnserved(readBookingDetails(result))
    if (unserved.length > 0) await step.context.sendActivity(noFlights(unserved))
    return step.beginDialog('booking', known)
  }

  private async say(step: MainStep, text: string): Promise<DialogTurnResult> {
    await step.context.sendActivity(statement(text))
    return step.next()
  }

  private async conclude(step: MainStep): Promise<DialogTurnResult> {
    const booking: Booking | undefined = step.result
    if (booking) {
      // Here a real bot calls the service that books.
      const { from, to, travelDate } = booking
      await step.context.sendActivity(statement(`You are booked from ${from} to ${to} on ${travelDate}.`))
    }
    return step.replaceDialog('steps', { question: 'What else can I do for you?' })
  }
}

function wishQuestion(text: string): Partial<Activity> {
  return MessageFactory.suggestedActions(['Book a flight', 'Help'], text, text, InputHints.ExpectingInput)
}
