import { toError } from '@parley/core/internal'
import { fromCallback } from '../callbacks.ts'
import type { IIntentRecognizerResult, IRecognizeContext, IRouteResult } from '../contracts/recognizing.ts'
import { nothing } from '../recognizing/intent-recognizer.ts'
import { addRoute } from './add-route.ts'
import type { Library } from './library.ts'

/**
 * The best ways on for a message, in a library and all below it.
 *
 * @param onError - Hears of recognizers that fail, which leave the message to what needs none.
 */
export async function findAllRoutes(
  root: Library,
  context: IRecognizeContext,
  onError: (error: Error) => void,
): Promise<IRouteResult[]> {
  const intent = await recognizeWith(root, context, onError)
  let routes: IRouteResult[] = []
  for (const library of root.libraryList()) {
    const own = { ...context, libraryName: library.name, intent }
    if (library !== root) own.intent = await recognizeWith(library, own, onError)
    const found = await fromCallback<IRouteResult[]>((done) => library.findRoutes(own, done))
    for (const route of found ?? []) routes = addRoute(route, routes)
  }
  return routes
}

async function recognizeWith(
  library: Library,
  context: IRecognizeContext,
  onError: (error: Error) => void,
): Promise<IIntentRecognizerResult> {
  try {
    const result = await fromCallback<IIntentRecognizerResult>((done) => library.recognize(context, done))
    return result ?? nothing()
  } catch (error) {
    onError(toError(error))
    return nothing()
  }
}
