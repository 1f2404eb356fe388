// What needs @parley/dialogs, an optional peer: whoever installs this package for its TestAdapter does not get recognizers.
export { DialogTestClient } from './dialog-test-client.ts'
export type { DialogTestAdapter } from './dialog-test-client.ts'
export { DialogTestLogger } from './dialog-test-logger.ts'
export type { LineLogger } from './dialog-test-logger.ts'
