export { DialogTestClient } from './dialog-test-client.ts'
export { DialogTestLogger } from './dialog-test-logger.ts'
export type { Logger } from './dialog-test-logger.ts'
