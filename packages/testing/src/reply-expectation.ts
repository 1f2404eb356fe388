import { AssertionError } from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import { ActivityTypes } from '@parley/core'
import type { Activity } from '@parley/core'

/** Checks a reply of the bot; throws when it is wrong. */
export type TestActivityInspector = (activity: Partial<Activity>, description?: string) => void | Promise<void>

/** A text, the properties a reply must have, or a function that checks it. */
export type ExpectedReply = string | Partial<Activity> | TestActivityInspector

/** @throws AssertionError, or whatever an inspector throws: the reply is not as expected. */
export async function assertReplyMatches(
  reply: Partial<Activity>,
  expected: ExpectedReply,
  description?: string,
): Promise<void> {
  if (typeof expected === 'function') return expected(reply, description)
  const properties = typeof expected === 'string' ? { type: ActivityTypes.Message, text: expected } : expected
  for (const [name, value] of Object.entries(properties)) {
    assertProperty(reply, name as keyof Activity, value, description)
  }
}

/** Compares what a person sees, for replies recorded in another conversation. */
export function inspectorOf(recorded: Partial<Activity>): TestActivityInspector {
  const seen = ['type', 'text', 'speak', 'attachments', 'attachmentLayout', 'suggestedActions'] as const
  return (reply, description) => {
    for (const name of seen) {
      if (recorded[name] !== undefined) assertProperty(reply, name, recorded[name], description)
    }
  }
}

/** What is expected, for the message of an error. */
export function describeExpected(expected: ExpectedReply): string {
  if (typeof expected === 'function') return expected.name || 'an inspector'
  if (typeof expected === 'string') return `"${expected}"`
  return expected.text === undefined ? `an activity of type ${expected.type}` : `"${expected.text}"`
}

function assertProperty(reply: Partial<Activity>, name: keyof Activity, expected: unknown, description?: string): void {
  const actual: unknown = reply[name]
  if (isDeepStrictEqual(onTheWire(actual), onTheWire(expected))) return
  const prefix = description === undefined ? '' : `${description} `
  throw new AssertionError({
    message: `${prefix}${name} === ${inWords(actual)}, expected ${inWords(expected)}`,
    actual,
    expected,
    operator: 'deepStrictEqual',
  })
}

/** What the other side would get: without undefined properties and prototypes. */
function onTheWire(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(inWords(value))
}

function inWords(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined'
}
