/**
 * Answers what the parent asks over IPC, and ends with it.
 *
 * @param {Record<string, (parameters: any) => unknown>} operations
 */
export function answer(operations) {
  process.on('message', (/** @type {{ id: number, operation: string, parameters: any }} */ question) => {
    void reply(operations, question)
  })
  process.once('disconnect', () => process.exit())
}

/**
 * @param {Record<string, (parameters: any) => unknown>} operations
 * @param {{ id: number, operation: string, parameters: any }} question
 */
async function reply(operations, { id, operation, parameters }) {
  try {
    process.send?.({ id, value: await operations[operation]?.(parameters) })
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? error.message : String(error) })
  }
}
