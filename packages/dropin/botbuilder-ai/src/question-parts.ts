import { Recognizer } from '@parley/botbuilder-dialogs'
import type { OpenValue } from '@parley/core'
import { BotComponent, ComponentRegistration } from '@parley/sdk-v4/core'
import { partNotThere } from './not-there.ts'

/** Cannot be made: it is a part of adaptive dialogs. */
export class QnAMakerRecognizer extends Recognizer {
  static $kind = 'Microsoft.QnAMakerRecognizer'
  /** The intent that means: there is an answer. */
  static readonly qnaMatchIntent = 'QnAMatch'

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  constructor(..._parameters: OpenValue[]) {
    super()
    throw partNotThere('QnAMakerRecognizer')
  }
}

export class QnAMakerBotComponent extends BotComponent {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  configureServices(_services: OpenValue, _configuration: OpenValue): void {
    throw partNotThere('QnAMakerBotComponent.configureServices()')
  }
}

export class QnAMakerComponentRegistration extends ComponentRegistration {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  getDeclarativeTypes(_resourceExplorer: unknown): OpenValue[] {
    throw partNotThere('QnAMakerComponentRegistration.getDeclarativeTypes()')
  }
}
