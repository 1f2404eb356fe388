/**
 * A set of well-known strings to which channels may add: editors offer the known members, any other string is legal.
 * The protocol asks receivers to keep values they do not know (A2006, A2014).
 */
export type OpenSet<Known extends string> = Known | (string & {})

/**
 * A value whose shape depends on another field or on the channel. It is `any` because code written for SDK v4 reads into such
 * fields without a check; new code narrows it before use.
 */
// oxlint-disable-next-line typescript/no-explicit-any
export type OpenValue = any
