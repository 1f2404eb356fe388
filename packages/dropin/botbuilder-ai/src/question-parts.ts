import type { OpenValue } from '@parley/core'
import { BotComponent, ComponentRegistration } from '@parley/sdk-v4/core'
import { partNotThere } from './not-there.ts'

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
