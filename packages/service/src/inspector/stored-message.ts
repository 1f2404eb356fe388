import type { Message } from './entry.ts'
import { redactHeaders, redactText } from './redact.ts'

/** One half of an exchange as it is kept: its body is text, without secrets. */
export interface StoredMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly text?: string
  readonly bytes: number
  readonly truncated?: true
}

export interface MessageParts {
  readonly headers: Readonly<Record<string, string | number | readonly string[] | undefined>>
  readonly body?: Buffer | undefined
}

export interface StoreMessageOptions {
  /** Of a longer body only the beginning is kept. */
  readonly maxBodyBytes: number
  readonly secrets: readonly string[]
}

/** Read beyond the cut, so that a secret that lies across it is known as one. */
const OVERLAP_BYTES = 4 * 1024

const TEXT_TYPES = /^(?:application\/(?:json|x-www-form-urlencoded|[\w.+-]+\+json)|text\/(?!html))/i

/** Keeps what may be shown of a message. Pages and files are not shown, only how long they are. */
export function storeMessage({ headers, body }: MessageParts, options: StoreMessageOptions): StoredMessage {
  const { maxBodyBytes, secrets } = options
  const shown = redactHeaders(headers, secrets)
  const bytes = body?.length ?? 0
  if (!body || bytes === 0 || !TEXT_TYPES.test(shown['content-type'] ?? '')) return { headers: shown, bytes }
  const isTruncated = bytes > maxBodyBytes
  // A copy of its own: a part of a text would keep the whole of it in memory.
  const window = isTruncated ? body.subarray(0, maxBodyBytes + OVERLAP_BYTES) : body
  const clean = redactText(window.toString(), secrets)
  const text = isTruncated ? Buffer.from(clean).subarray(0, maxBodyBytes).toString() : clean
  return { headers: shown, text, bytes, ...(isTruncated ? { truncated: true } : {}) }
}

/** The message as it is shown. */
export function showMessage({ text, ...rest }: StoredMessage): Message {
  return text === undefined ? rest : { ...rest, body: jsonOrText(text) }
}

/** About what it takes in memory. */
export function sizeOfMessage({ headers, text = '' }: StoredMessage): number {
  return Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length, text.length)
}

export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
