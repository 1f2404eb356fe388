import { UnsupportedError } from '@parley/sdk-v4/unsupported-error'

/** LUIS was shut down by Microsoft; there is nothing left to ask. */
export function luisNotThere(what: string): UnsupportedError {
  return new UnsupportedError(
    what,
    'LUIS has been shut down: import the app into conversational language understanding (CLU) of Azure AI Language, and give ' +
      'its project as projectName, with endpoint and endpointKey of the Language resource; or recognize on this machine with ' +
      'LocalRecognizer of @parley/recognizers',
  )
}

/** QnA Maker was shut down by Microsoft; there is nothing left to ask. */
export function questionAnsweringNotThere(what: string): UnsupportedError {
  return new UnsupportedError(
    what,
    'QnA Maker has been shut down: import the knowledge base into custom question answering of Azure AI Language, and give ' +
      'its project as knowledgeBaseId, with endpointKey and host of the Language resource and qnaServiceType: ServiceType.language',
  )
}

/** A part that needs what the drop-in packages do not have. */
export function partNotThere(what: string): UnsupportedError {
  return new UnsupportedError(
    what,
    'Ask with LuisRecognizer, CustomQuestionAnswering or @parley/recognizers in place of it',
  )
}

/** Identities come from `@azure/identity`, which is no part of the drop-in packages. */
export function identityNotThere(): UnsupportedError {
  return new UnsupportedError(
    'An endpoint with managedIdentityClientId and without endpointKey',
    'Give a key, or ask with CustomQuestionAnsweringClient of @parley/recognizers and a credential of @azure/identity',
  )
}

/** Expressions come from `adaptive-expressions`, which is no part of the drop-in packages. */
export function expressionNotThere(expression: string): UnsupportedError {
  return new UnsupportedError(
    `The expression '${expression}'`,
    'Give the value itself, or the path of one, such as =settings.knowledgeBaseId',
  )
}
