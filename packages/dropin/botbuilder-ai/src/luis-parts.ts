import { Recognizer } from '@parley/botbuilder-dialogs'
import type { OpenValue } from '@parley/core'
import { BotComponent, ComponentRegistration } from '@parley/sdk-v4/core'
import type { DynamicList, ExternalEntity, ListElement } from './luis-models.ts'
import { luisNotThere } from './not-there.ts'

/** Cannot be made, as no recognizer of the dialogs can. */
export class LuisAdaptiveRecognizer extends Recognizer {
  static $kind = 'Microsoft.LuisRecognizer'
}

export class LuisBotComponent extends BotComponent {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  configureServices(_services: OpenValue, _configuration: OpenValue): void {
    throw luisNotThere('LuisBotComponent.configureServices()')
  }
}

export class LuisComponentRegistration extends ComponentRegistration {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  getDeclarativeTypes(_resourceExplorer: unknown): OpenValue[] {
    throw luisNotThere('LuisComponentRegistration.getDeclarativeTypes()')
  }
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function validateDynamicList(_dynamicList: DynamicList): void {
  throw luisNotThere('validateDynamicList()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function validateExternalEntity(_entity: ExternalEntity): void {
  throw luisNotThere('validateExternalEntity()')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function validateListElement(_element: ListElement): void {
  throw luisNotThere('validateListElement()')
}
