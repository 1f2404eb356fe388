import { Recognizer } from '@parley/botbuilder-dialogs'
import type { OpenValue } from '@parley/core'
import { BotComponent, ComponentRegistration } from '@parley/sdk-v4/core'
import type { DynamicList, ExternalEntity, ListElement } from './luis-models.ts'
import { partNotThere } from './not-there.ts'

/** Cannot be made: it is a part of adaptive dialogs. */
export class LuisAdaptiveRecognizer extends Recognizer {
  static $kind = 'Microsoft.LuisRecognizer'

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  constructor() {
    super()
    throw partNotThere('LuisAdaptiveRecognizer')
  }
}

export class LuisBotComponent extends BotComponent {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  configureServices(_services: OpenValue, _configuration: OpenValue): void {
    throw partNotThere('LuisBotComponent.configureServices()')
  }
}

export class LuisComponentRegistration extends ComponentRegistration {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  getDeclarativeTypes(_resourceExplorer: unknown): OpenValue[] {
    throw partNotThere('LuisComponentRegistration.getDeclarativeTypes()')
  }
}

/** @throws Error: it has no name, no elements, or an element without a canonical form; the text is SDK v4's. */
export function validateDynamicList(dynamicList: DynamicList): void {
  if (!dynamicList.listEntityName || !dynamicList.requestLists) {
    throw new Error('DynamicList requires listEntityName and requestsLists to be defined.')
  }
  dynamicList.requestLists.forEach(validateListElement)
}

/** @throws Error: it has no name or no length; the text is SDK v4's. */
export function validateExternalEntity(entity: ExternalEntity): void {
  if (entity.entityName && entity.entityLength) return
  throw new Error('ExternalEntity requires an entityName and entityLength > 0')
}

/** @throws Error: it has no canonical form; the text is SDK v4's. */
export function validateListElement(element: ListElement): void {
  if (!element.canonicalForm) throw new Error('RequestList requires canonicalForm to be defined')
}
