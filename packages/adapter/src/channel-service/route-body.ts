import { activityFromJson, InboundRefusedError, parseActivity, StatusCodes } from '@parley/core'
import type { Activity, OpenValue } from '@parley/core'
import type { RouteRequest } from './route-messages.ts'
import { StatusCodeError } from './status-code-error.ts'

const MAX_ACTIVITY_BYTES = 1024 * 1024
/** Files and transcripts, in base64. */
const MAX_BODY_BYTES = 10 * 1024 * 1024
const PAYLOAD_TOO_LARGE = 413 as StatusCodes

/**
 * Reads an activity another bot sends: at most 1 MiB, unless a body parser has read it already.
 *
 * @throws {@link StatusCodeError} 400: no activity. 413: too large.
 */
export async function readRouteActivity(request: RouteRequest): Promise<Activity> {
  const { body } = request
  if (body === undefined) return toActivity(await readBytes(request, MAX_ACTIVITY_BYTES))
  return toActivity(body)
}

/**
 * Reads any other JSON: at most 10 MiB, unless a body parser has read it already.
 *
 * @throws {@link StatusCodeError} 400: no JSON. 413: too large.
 */
export async function readRouteBody<T>(request: RouteRequest): Promise<T> {
  if (request.body !== undefined) return request.body
  const bytes = await readBytes(request, MAX_BODY_BYTES)
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new StatusCodeError(StatusCodes.BAD_REQUEST, 'The body is not JSON.')
  }
}

function toActivity(body: unknown): Activity {
  const isBytes = body instanceof Uint8Array
  if (!isBytes && (typeof body !== 'object' || body === null)) throw refused('invalid request body')
  if (!isBytes && typeof (body as OpenValue).type !== 'string') throw refused('missing activity type')
  try {
    const activity = isBytes ? parseActivity(body, { required: 'none' }) : activityFromJson(body, { required: 'none' })
    if (typeof activity.type !== 'string') throw refused('missing activity type')
    return activity as Activity
  } catch (error) {
    if (!(error instanceof InboundRefusedError)) throw error
    throw new StatusCodeError(error.status as StatusCodes, error.message, { cause: error })
  }
}

function refused(reason: string): StatusCodeError {
  return new StatusCodeError(StatusCodes.BAD_REQUEST, `validateAndFixActivity(): ${reason}.`)
}

function readBytes(request: RouteRequest, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const { readableEnded, destroyed } = request as { readableEnded?: boolean; destroyed?: boolean }
    const on = request.on?.bind(request)
    if (!on || readableEnded || destroyed) return reject(incomplete())
    const chunks: Buffer[] = []
    let size = 0
    on('data', (chunk: Buffer | string) => {
      const bytes = Buffer.from(chunk as string)
      size += bytes.length
      if (size <= maxBytes) chunks.push(bytes)
      else reject(new StatusCodeError(PAYLOAD_TOO_LARGE, `The body is larger than ${maxBytes} bytes.`))
    })
    on('end', () => resolve(Buffer.concat(chunks)))
    on('error', (cause: unknown) => reject(incomplete({ cause })))
    on('close', () => reject(incomplete()))
  })
}

function incomplete(options?: ErrorOptions): StatusCodeError {
  const message = 'The body ended early, or was read by something before these routes that left no `body` behind.'
  return new StatusCodeError(StatusCodes.BAD_REQUEST, message, options)
}
