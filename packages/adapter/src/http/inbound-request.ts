/**
 * What the adapter needs of an HTTP request, whatever the host. Hosts translate into it and decide nothing.
 */
export interface InboundRequest {
  /** HTTP method, upper case. */
  readonly method: string
  /** Value of a header by its lower-case name; several values joined as the host joins them. */
  header(name: string): string | undefined
  /** Names and values alternating, as they came, where the host knows: shows a header that was sent twice. */
  readonly rawHeaders?: readonly string[]
  /** Whether nobody delivers it again, because a program in this process made it up. Default `false`. */
  readonly comesOnce?: boolean | undefined
  /** Address of the peer, where the host knows it. */
  readonly remoteAddress?: string | undefined
  /**
   * The body: bytes within `maxBytes`, or what a body parser before us already made of it. Called at most once, and not
   * before the sender is proven.
   *
   * @throws {@link InboundRefusedError} `BODY_SIZE`: more than `maxBytes`. `BODY_INCOMPLETE`: the sender went away.
   */
  body(maxBytes: number): Promise<InboundBody>
}

/** A body as a host hands it over. */
export type InboundBody =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'parsed'; readonly value: unknown }

/** What the adapter answers; hosts write it as it is. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Text of the body, or `undefined` for none. */
  readonly body?: string | undefined
  /** How long the host holds the answer back, in milliseconds: slows down who floods the bot. Default 0. */
  readonly delayMs?: number | undefined
}
