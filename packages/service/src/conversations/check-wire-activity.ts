import { InboundRefusedError, activityFromJson } from '@parley/core'
import { badArgument, badSyntax, missingProperty } from '../http/api-error.ts'
import type { WireActivity } from './wire-activity.ts'

/**
 * Accepts a JSON value as an activity, by the rules all of Parley reads activities with, and returns it untouched: a service
 * passes on what it was given, down to the last unknown field.
 *
 * @throws ApiError 400 `BadSyntax`, `BadArgument` or `MissingProperty`.
 */
export function checkWireActivity(value: unknown): WireActivity {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badSyntax('The body must be an activity.')
  const { type } = value as { type?: unknown }
  if (type === undefined || type === null || type === '') throw missingProperty('type')
  try {
    activityFromJson(value, { required: 'none' })
  } catch (error) {
    if (error instanceof InboundRefusedError) throw badArgument(error.message)
    throw error
  }
  return value as WireActivity
}
