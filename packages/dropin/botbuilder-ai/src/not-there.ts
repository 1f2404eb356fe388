import { UnsupportedError } from '@parley/sdk-v4/unsupported-error'

/** LUIS was shut down by Microsoft; there is nothing left to ask. */
export function luisNotThere(what: string): Error {
  return new UnsupportedError(
    what,
    'LUIS has been shut down: move the app to conversational language understanding (CLU) of Azure AI Language, and call it in place of this recognizer',
  )
}

/** QnA Maker was shut down by Microsoft; its successor is not part of the drop-in packages yet. */
export function questionAnsweringNotThere(what: string): Error {
  return new UnsupportedError(
    what,
    'QnA Maker has been shut down: move the knowledge base to custom question answering of Azure AI Language, and call its REST interface in place of this class',
  )
}
