import { DialogUsageError, addMemoryComponents } from '@parley/dialogs'

export { DialogsBotComponent } from '@parley/dialogs'

/** The part of the drop-in packages that is asked for. */
interface Core {
  readonly ComponentRegistration: { readonly components: readonly unknown[] }
}

// v4 also looks among the components that bots register for the whole process. The package that keeps them takes longer to
// load than this one, so it is asked when there is a turn; a bot has loaded it by then.
let core: Core | undefined
addMemoryComponents(() => (core ??= require('@parley/sdk-v4/core') as Core).ComponentRegistration.components)

// What v4 throws in its place is a plain error, and tests compare names.
Object.defineProperty(DialogUsageError, 'name', { value: 'Error' })
