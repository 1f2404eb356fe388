import { retryAction } from './retry-action.ts'

const failing = (statuses: (number | undefined)[]): { tries: number[]; run: (n: number) => Promise<string> } => {
  const tries: number[] = []
  const run = async (n: number): Promise<string> => {
    const statusCode = statuses[tries.push(n) - 1]
    if (statusCode !== undefined) throw Object.assign(new Error(`e${statusCode}`), { statusCode })
    return `done ${n}`
  }
  return { tries, run }
}

test.each([
  ['a success at once', [undefined], 3, [1]],
  ['a success after 429', [429, 429, undefined], 3, [1, 2, 3]],
])('%s is the result', async (_, statuses, maxRetries, tries) => {
  const action = failing(statuses)
  expect(await retryAction(action.run, maxRetries, 1)).toBe(`done ${tries.length}`)
  expect(action.tries).toEqual(tries)
})

test.each([
  ['429 as often as there are tries', [429, 429, 429], 3, ['e429', 'e429', 'e429']],
  ['anything but 429', [500], 3, ['e500']],
  ['anything but 429 after 429', [429, 400], 3, ['e429', 'e400']],
  ['429 with no tries left', [429], 0, ['e429']],
])('%s throws all errors and the text of v4', async (_, statuses, maxRetries, messages) => {
  const thrown: unknown = await retryAction(failing(statuses).run, maxRetries, 1).catch((error: unknown) => error)
  expect(thrown).not.toBeInstanceOf(Error)
  expect(thrown).toMatchObject({
    message: 'Failed to perform the required operation.',
    errors: messages.map((message) => ({ message })),
  })
})

test('an action that throws in place of rejecting is an error like any other', async () => {
  const run = (): never => {
    throw new Error('at once')
  }
  await expect(retryAction(run, 3, 1)).rejects.toMatchObject({ errors: [{ message: 'at once' }] })
})
