import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ai from './index.ts'

interface Recorded {
  /** A function of the package, or a static method of one of its classes. */
  readonly call: string
  readonly args: readonly unknown[]
  readonly result?: unknown
  /** The text of what it threw. */
  readonly error?: string
}

/** What botbuilder-ai 4.23.3 answered. */
const recorded: Recorded[] = JSON.parse(readFileSync(join(__dirname, '../test/answers-of-v4.json'), 'utf8'))

function call({ call: name, args }: Recorded): { result: unknown } | { error: string } {
  const [first = '', method] = name.split('.')
  const owner = Reflect.get(ai, first) as Record<string, (...given: unknown[]) => unknown>
  const given = args.map((value) => (Object(value)['$undefined'] ? undefined : value))
  try {
    const value = method === undefined ? Reflect.apply(owner as never, undefined, given) : owner[method]?.(...given)
    return { result: value === undefined ? null : JSON.parse(JSON.stringify(value)) }
  } catch (error) {
    return { error: (error as Error).message }
  }
}

test.each(recorded.map((one) => [one.call, JSON.stringify(one.args).slice(0, 150), one] as const))(
  '%s%s answers as in SDK v4',
  (_, __, { call: name, args, ...answer }) => {
    expect(call({ call: name, args })).toEqual(answer)
  },
)
