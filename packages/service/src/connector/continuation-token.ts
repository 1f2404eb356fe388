import { badArgument } from '../http/api-error.ts'

/** Reads the place to go on from, as an earlier answer gave it; 0 for the start. @throws ApiError 400 for any other text. */
export function parseContinuationToken(token: string | null): number {
  if (token === null || token === '') return 0
  if (!/^\d{1,15}$/.test(token)) throw badArgument('The continuation token was not made by this service.')
  return Number(token)
}
