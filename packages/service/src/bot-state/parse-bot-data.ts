import { badArgument, badSyntax } from '../http/api-error.ts'

/** What a bot sends to be stored. */
export interface SentBotData {
  /** `null` removes the bag, and so does `data` that is absent. */
  readonly data: unknown
  readonly eTag: string | undefined
}

/** @throws ApiError 400 `BadSyntax` or `BadArgument`. */
export function parseBotData(body: unknown): SentBotData {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badSyntax('The body must be {"data":…,"eTag":"…"}.')
  }
  const { data = null, eTag } = body as { readonly data?: unknown; readonly eTag?: unknown }
  if (eTag !== undefined && eTag !== null && typeof eTag !== 'string') throw badArgument('eTag must be a text.')
  return { data, eTag: eTag ?? undefined }
}
