import type {
  IEntity,
  IIntent,
  IIntentRecognizerResult,
  ILuisModelMap,
  IRecognizeContext,
} from '../contracts/recognizing.ts'
import { UnsupportedError } from '../unsupported-error.ts'
import { IntentRecognizer, nothing } from './intent-recognizer.ts'

const INSTEAD =
  'LUIS was retired; register an object with `recognize(context, callback)` that asks another service, or `RegExpRecognizer`'

/** Asked LUIS, which is no more. Any use of it fails with `DROPIN_UNSUPPORTED`, so that the rest of the bot starts. */
export class LuisRecognizer extends IntentRecognizer {
  constructor(_models: string | ILuisModelMap) {
    super()
  }

  onRecognize(_context: IRecognizeContext, callback: (err: Error, result: IIntentRecognizerResult) => void): void {
    callback(new UnsupportedError('LuisRecognizer', INSTEAD), nothing())
  }

  /** Calls back with `DROPIN_UNSUPPORTED`. */
  static recognize(
    _utterance: string,
    _modelUrl: string,
    callback: (err: Error, intents?: IIntent[], entities?: IEntity[]) => void,
  ): void {
    callback(new UnsupportedError('LuisRecognizer.recognize', INSTEAD))
  }
}
