export { DialogTestLogger } from '@parley/testing/dialogs'
export type { LineLogger as Logger } from '@parley/testing/dialogs'
export { DialogTestClient } from './dialog-test-client.ts'
