import type { BotName } from './bot-name.ts'

/** Families of inbound cases, by the letter their ids begin with. */
export type InboundFamily = 'J' | 'B' | 'H' | 'R'

/**
 * One request, or several that belong together, and what must come of them.
 *
 * Values written for a run: `{{name}}` in texts stands for a value of the world the case is played in, and objects with a key
 * that begins with `$` for what JSON cannot say; see `expand.ts`.
 */
export interface InboundCase {
  /** Unique, e.g. `J27`, `J27a`. */
  readonly id: string
  readonly family: InboundFamily
  /** What is sent, in a few words. */
  readonly title: string
  /** How the bot under test is set up. Default `channel`. */
  readonly bot?: BotName
  /** Whether the steps share one connection, each waiting for the answer before it or not. Default: each has its own. */
  readonly connection?: 'kept' | 'pipelined'
  readonly steps: readonly InboundStep[]
}

/** A request and its answer. */
export interface InboundStep {
  readonly request: RequestSpec
  readonly expect: InboundExpectation
}

/** What must come of a request. */
export interface InboundExpectation {
  /**
   * Status of the answer; several where the specification leaves it open, `null` among them for a connection that is closed
   * without one. `null` alone: the sender does not wait for it.
   */
  readonly status: number | readonly (number | null)[] | null
  /** Code of the refusal in the bot's log. Not judged for a foreign bot. */
  readonly code?: string
  /** Whether the bot's handler runs; `null`: the specification leaves it open, and with it the code. */
  readonly turn: boolean | null
  /**
   * Who answers: the bot (default) with the fixed body of a refusal, or the HTTP server in front of it, which has its own way
   * to say no.
   */
  readonly by?: 'bot' | 'server'
  /** Headers the answer must have; a value is matched as a part of the header's. */
  readonly headers?: Readonly<Record<string, string>>
  /** Headers the answer must not have. */
  readonly noHeaders?: readonly string[]
}

/** A request. What is left out is as the channel service sends it. */
export interface RequestSpec {
  /** Default `POST`. */
  readonly method?: string
  /** Request target; default the path of the bot. */
  readonly target?: string
  /** What `{{token}}` stands for. Default: a valid token of the channel service. */
  readonly token?: TokenSpec
  /** Values of as many `Authorization` headers. Default `["Bearer {{token}}"]`. */
  readonly authorization?: readonly string[]
  /** Default `application/json`; `null`: no such header. */
  readonly contentType?: string | null
  /** Further headers: name and value. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /** Adds that many headers `x-0`, `x-1`, …. */
  readonly manyHeaders?: number
  readonly body?: BodySpec
  readonly transport?: TransportSpec
}

/** A token: claims, header and signature of one kind, with changes. */
export interface TokenSpec {
  /** Whose token the rest starts from. Default `channel`. */
  readonly kind?: 'channel' | 'tenant'
  /** Claims to replace or to add. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** A payload of another shape instead of claims. */
  readonly payload?: unknown
  /** A payload that is not JSON. */
  readonly payloadText?: string
  /** Header fields to replace or to add. */
  readonly header?: Readonly<Record<string, unknown>>
  /** A header that is not JSON. */
  readonly headerText?: string
  /** Whose key signs. Default: that of `kind`. */
  readonly signedBy?: KeyName
  /** Whose key the header names. Default: the one that signs. */
  readonly kidOf?: KeyName
  /** How it is signed, and what the header says unless told otherwise. Default `RS256`; `HS256` uses the public key as secret. */
  readonly algorithm?: 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'HS256' | 'none'
  /** Changes to the finished token, in turn. */
  readonly mutate?: readonly TokenMutation[]
}

/** Keys of the world: published by the channel service, by the tenants' issuer, or by nobody; `weak` has 1,024 bits. */
export const KEY_NAMES = ['channel', 'channelOther', 'channelBare', 'tenant', 'rogue', 'weak'] as const

/** One of {@link KEY_NAMES}. */
export type KeyName = (typeof KEY_NAMES)[number]

/** A change to a finished token. */
export type TokenMutation =
  /** Replaces one part by the base64url of a JSON value. */
  | { readonly part: 0 | 1 | 2; readonly json: unknown }
  /** Changes members of the header or of the claims, and leaves the signature. */
  | { readonly part: 0 | 1; readonly change: Readonly<Record<string, unknown>> }
  /** Replaces one part by a text. */
  | { readonly part: 0 | 1 | 2; readonly text: string }
  /** Turns over one bit of the signature. */
  | { readonly flipBit: number }
  /** Keeps the first parts. */
  | { readonly take: number }
  | { readonly append: string }
  | { readonly prepend: string }
  /** Cuts characters off the end. */
  | { readonly cut: number }

/** A body. Without any of the first six: the standard activity. */
export interface BodySpec {
  /** Members of the standard activity to replace, to add or to remove. */
  readonly patch?: Readonly<Record<string, unknown>>
  /** Any JSON. */
  readonly json?: unknown
  readonly text?: string
  readonly base64?: string
  /** The standard activity, made exactly that long. */
  readonly bytes?: number
  /** That many zeros, in MiB, as concatenated gzip members. */
  readonly gzipBombMiB?: number
  /** Bytes in front, in hexadecimal: a byte order mark. */
  readonly prefixHex?: string
  readonly charset?: 'utf16le' | 'latin1'
  readonly compress?: 'gzip' | 'deflate' | 'deflateRaw' | 'br' | readonly ('gzip' | 'deflate' | 'br')[]
  /** Keeps that many bytes of what has come out so far. */
  readonly keepBytes?: number
}

/** How a request goes onto the wire. */
export interface TransportSpec {
  /**
   * How the body's end is told: its length (default), chunks, both, nothing, two lengths that agree or do not, a length that
   * is too long or none at all.
   */
  readonly framing?:
    | 'length'
    | 'chunked'
    | 'both'
    | 'none'
    | 'twoLengths'
    | 'twoLengthsDiffer'
    | 'negative'
    | 'notANumber'
    | 'badChunk'
    | 'longChunkExtension'
  /** Adds to or takes from the length that is announced. */
  readonly lengthOff?: number
  /** The end of the header lines. Default CR LF. */
  readonly lineEnd?: string
  readonly version?: string
  /** What the client does: all of it (default), or only a part before it goes away. */
  readonly leave?: 'afterHead' | 'midBody' | 'afterRequest'
  /** Leaves by reset rather than by closing. */
  readonly reset?: boolean
  /** Sends the body in pieces of that many bytes. */
  readonly pieceBytes?: number
  /** Sends one byte of the head, or of the body, in each interval, until the server has had enough. */
  readonly drip?: { readonly of: 'head' | 'body'; readonly everyMs: number; readonly giveUpMs: number }
  /** Opens that many connections before, each with half a head, and closes them after. */
  readonly besideHalfOpen?: number
}
