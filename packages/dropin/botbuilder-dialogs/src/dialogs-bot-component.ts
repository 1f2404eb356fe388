import type { OpenValue } from '@parley/core'
import { addMemoryComponents, DialogsBotComponent as ParleyDialogsBotComponent } from '@parley/dialogs'
import { BotComponent, ComponentRegistration } from '@parley/sdk-v4/core'

// v4 also looks among the components that bots register for the whole process.
addMemoryComponents(() => ComponentRegistration.components)

/** Adds the scopes and the abbreviations of paths of dialogs to the services of a bot; a `BotComponent`, as in v4. */
export class DialogsBotComponent extends BotComponent {
  configureServices(services: OpenValue, configuration: OpenValue): void {
    new ParleyDialogsBotComponent().configureServices(services, configuration)
  }
}
